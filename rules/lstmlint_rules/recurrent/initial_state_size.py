"""An initial state has another size than the layer's units.

What it does: compares the last axis of each tensor in `initial_state` with the units of the layer that begins with
it, and its rank with (batch, units).

Why is this bad: the state is the hidden state that the layer goes on from, so it must be as wide as the layer. Keras
builds the model all the same, and raises as soon as data flow through it.

Example:

    output, h, c = LSTM(8, return_state=True)(encoder_input)
    y = LSTM(16)(decoder_input, initial_state=[h, c])

Use instead:

    output, h, c = LSTM(16, return_state=True)(encoder_input)
    y = LSTM(16)(decoder_input, initial_state=[h, c])

References: https://keras.io/guides/working_with_rnns/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.diagnostic import ShapePair
from lstmlint.dims import same
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    Tensor,
    flatten,
    to_dim,
)

from ..evidence import (
    line,
)
from ..walk import (
    recurrent,
)

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM
x = keras.Input((10, 3))
output, h, c = LSTM(8, return_state=True)(x)
y = LSTM(16)(x, initial_state=[h, c])
model = keras.Model(x, y)
model.predict(np.zeros((2, 10, 3)), verbose=0)
""",
    """
import keras
import numpy as np
from keras.layers import Bidirectional, Concatenate, LSTM
x = keras.Input((10, 3))
o, fh, fc, bh, bc = Bidirectional(LSTM(8, return_state=True))(x)
y = LSTM(8)(x, initial_state=[Concatenate()([fh, bh]), Concatenate()([fc, bc])])
model = keras.Model(x, y)
model.predict(np.zeros((2, 10, 3)), verbose=0)
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import Bidirectional, Concatenate, LSTM
x = keras.Input((10, 3))
o, fh, fc, bh, bc = Bidirectional(LSTM(8, return_state=True))(x)
y = LSTM(16)(x, initial_state=[Concatenate()([fh, bh]), Concatenate()([fc, bc])])
model = keras.Model(x, y)
model.predict(np.zeros((2, 10, 3)), verbose=0)
""",
]


@check("RNN010", "initial-state-size", Severity.ERROR)
def initial_state_size(program: Program) -> Iterator[Finding]:
    for call in program.layer_calls:
        cell = recurrent(call.layer)
        if cell is None or cell.arguments is None or call.refused is not None:
            continue
        units = to_dim(cell.arguments.get("units"))
        for state in flatten(call.kwargs.get("initial_state")):
            if not isinstance(state, Tensor) or state.shape.rank is None:
                continue
            if state.shape.rank == 2 and same(state.shape[1], units) is not False:
                continue
            source = (
                f" from the {state.call.layer.class_name} on {line(state.call.layer.place)}"
                if state.call is not None
                else ""
            )
            double = state.call is not None and state.call.layer.class_name == "Concatenate"
            advice = (
                "Forward and backward state together are twice as wide as one of them: give the two layers units to match."
                if double
                else "Both layers need the same units."
            )
            yield Finding(
                call.place,
                f"The state{source} is {state.shape}, but a state of this {cell.class_name} is (batch, {units}), as wide as its units. {advice}",
                related=(("this is the state", state.call.place),) if state.call is not None else (),
                shapes=ShapePair(f"(batch, {units})", str(state.shape)),
                key=call.place.node,
            )
            break
