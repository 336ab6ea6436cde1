"""What a recurrent layer returns is unpacked into the wrong number of names.

What it does: compares the names that stand to the left with what a layer with `return_state=True` returns: an LSTM
its output, h and c; a GRU or SimpleRNN its output and h; a Bidirectional the states of both directions.

Why is this bad: Python raises ValueError, "not enough values to unpack" or "too many values to unpack".

Example:

    output, h = LSTM(8, return_state=True)(x)

Use instead:

    output, h, c = LSTM(8, return_state=True)(x)

References: https://keras.io/api/layers/recurrent_layers/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import (
    Tensor,
)

from ..walk import (
    outputs_of,
)

BAD = [
    """
import keras
from keras.layers import LSTM
x = keras.Input((10, 3))
output, h = LSTM(8, return_state=True)(x)
""",
    """
import keras
from keras.layers import GRU
x = keras.Input((10, 3))
output, h, c = GRU(8, return_state=True)(x)
""",
    """
import keras
from keras.layers import Bidirectional, LSTM
x = keras.Input((10, 3))
output, h, c = Bidirectional(LSTM(8, return_state=True))(x)
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM
x = keras.Input((10, 3))
output, h, c = LSTM(8, return_state=True)(x)
""",
    """
import keras
from keras.layers import Bidirectional, LSTM
x = keras.Input((10, 3))
output, *states = Bidirectional(LSTM(8, return_state=True))(x)
""",
]


@claim("RNN007", "wrong-number-of-states", Severity.ERROR, kinds=("unpack",), specificity=10)
def wrong_number_of_states(fault: Fault, program: Program) -> Finding | None:
    value = fault.details.get("value")
    if not isinstance(value, tuple) or not value:
        return None
    first = value[0]
    if not isinstance(first, Tensor) or first.call is None:
        return None
    layer = first.call.layer
    names = outputs_of(layer)
    if names is None or len(names) != len(value):
        return None
    wanted = fault.details.get("wanted")
    return Finding(
        fault.place,
        f"This {layer.class_name} with return_state=True returns {len(names)} tensors ({', '.join(names)}), but {wanted} names stand here "
        f"to take them. Write one name for each, or `output, *states`.",
        related=(("what is unpacked is made here", first.call.place),),
        key=fault.place.node,
    )
