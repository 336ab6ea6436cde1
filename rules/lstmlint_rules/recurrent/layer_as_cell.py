"""RNN runs a whole layer instead of a cell.

What it does: finds RNN around LSTM, GRU or SimpleRNN, where a cell belongs.

Why is this bad: RNN gives its cell one step, (batch, features). A layer takes that for something else, and Keras
raises when it is built.

Example:

    y = RNN(LSTM(4))(x)

Use instead:

    y = LSTM(4)(x)

References: https://keras.io/api/layers/recurrent_layers/rnn/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    LayerObject,
)

from ..evidence import (
    RECURRENT,
)

BAD = [
    """
import keras
from keras.layers import LSTM, RNN
x = keras.Input((10, 3))
y = RNN(LSTM(4))(x)
""",
    """
import keras
from keras.layers import Bidirectional, LSTM, RNN
x = keras.Input((10, 3))
y = Bidirectional(RNN(LSTM(4, return_sequences=True)))(x)
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTMCell, RNN
x = keras.Input((10, 3))
y = RNN(LSTMCell(4))(x)
""",
]


@check("RNN027", "layer-as-cell", Severity.ERROR)
def layer_as_cell(program: Program) -> Iterator[Finding]:
    for call in program.layer_calls:
        wrapped = call.layer.class_name == "Bidirectional" and call.layer.user_class is None and call.layer.sublayers
        layer = call.layer.sublayers[0] if wrapped else call.layer
        cell = layer.arguments.get("cell") if layer.class_name == "RNN" and layer.arguments else None
        if isinstance(cell, LayerObject) and cell.class_name in RECURRENT and cell.user_class is None:
            yield Finding(
                call.place,
                f"RNN runs a cell along the timesteps, but {cell.class_name} is a whole layer, and building it raises. Use the {cell.class_name} "
                f"by itself, or RNN({cell.class_name}Cell(...)).",
                key=call.place.node,
            )
