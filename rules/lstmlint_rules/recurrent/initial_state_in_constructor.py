"""`initial_state` is given where the layer is made, not where it is called.

What it does: finds `initial_state=` among the arguments of a recurrent layer's constructor.

Why is this bad: Keras raises: a layer has no state of its own that it could begin with, each call does.

Example:

    y = LSTM(8, initial_state=[h, c])(x)

Use instead:

    y = LSTM(8)(x, initial_state=[h, c])

References: https://keras.io/api/layers/recurrent_layers/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

BAD = [
    """
import keras
from keras.layers import LSTM
x = keras.Input((10, 3))
h = keras.Input((8,))
y = LSTM(8, initial_state=[h, h])(x)
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM
x = keras.Input((10, 3))
h = keras.Input((8,))
y = LSTM(8)(x, initial_state=[h, h])
""",
]


@claim("RNN013", "initial-state-in-constructor", Severity.ERROR, kinds=("unknown-argument",), specificity=20)
def initial_state_in_constructor(fault: Fault, program: Program) -> Finding | None:
    if fault.details.get("argument") != "initial_state" or "passed to" not in fault.message:
        return None
    return Finding(
        fault.blamed[0] if fault.blamed else fault.place,
        "`initial_state` belongs to the call of the layer, not to its constructor, which Keras refuses. Write layer(x, initial_state=...).",
        key=fault.place.node,
    )
