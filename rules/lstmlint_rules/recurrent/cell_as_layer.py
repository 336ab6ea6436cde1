"""A recurrent cell is used as if it were a layer.

What it does: finds LSTMCell, GRUCell and SimpleRNNCell called on a sequence or put into a Sequential.

Why is this bad: a cell makes one step, from an input and the states to an output. Keras raises because the states are
missing.

Example:

    y = LSTMCell(4)(x)

Use instead:

    y = RNN(LSTMCell(4))(x)

References: https://keras.io/api/layers/recurrent_layers/rnn/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..evidence import (
    subject_name,
)

BAD = [
    """
import keras
from keras.layers import LSTMCell
x = keras.Input((10, 3))
y = LSTMCell(4)(x)
""",
    """
import keras
from keras.layers import LSTMCell
model = keras.Sequential([keras.Input((10, 3)), LSTMCell(4)])
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


@claim("RNN026", "cell-as-layer", Severity.ERROR, kinds=("cell-without-states",), specificity=10)
def cell_as_layer(fault: Fault, program: Program) -> Finding | None:
    name = subject_name(fault)
    return Finding(
        fault.place,
        f"{name} makes a single step and needs the states of the one before, so Keras refuses to call it on an input alone. Wrap it, "
        f"RNN({name}(...)), or use {name.removesuffix('Cell')}.",
        key=fault.place.node,
    )
