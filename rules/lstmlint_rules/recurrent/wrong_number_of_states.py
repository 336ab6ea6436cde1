"""What a recurrent layer, or anything else of Keras, returns is unpacked into the wrong number of names.

What it does: compares the names that stand to the left with what a layer with `return_state=True` returns: an LSTM
its output, h and c; a GRU or SimpleRNN its output and h; a Bidirectional the states of both directions. A model with
several outputs, its `predict`, and operations such as `split` are looked at as well.

Why is this bad: Python raises ValueError, "not enough values to unpack" or "too many values to unpack".

Example:

    output, h = LSTM(8, return_state=True)(x)

Use instead:

    output, h, c = LSTM(8, return_state=True)(x)

References: https://keras.io/api/layers/recurrent_layers/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import LayerCall, Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import Array, LayerObject, ListValue, Tensor, Value, flatten

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
    """
import keras
from keras.layers import LSTMCell, RNN
sequence, *states = RNN([LSTMCell(6), LSTMCell(4)], return_state=True)(keras.Input((5, 3)))
h1, c1, h2, c2 = states
""",
    """
import keras
from keras.layers import Dense
x = keras.Input((4,))
encoder = keras.Model(x, [Dense(2)(x), Dense(2)(x), Dense(2)(x)])
mean, spread = encoder(keras.Input((4,)))
""",
    """
import keras
import numpy as np
from keras.layers import Dense
x = keras.Input((4,))
encoder = keras.Model(x, [Dense(2)(x), Dense(2)(x), Dense(2)(x)])
mean, spread = encoder(np.ones((2, 4)))
""",
    """
import keras
import numpy as np
from keras.layers import Dense
x = keras.Input((4,))
encoder = keras.Model(x, [Dense(2)(x), Dense(2)(x), Dense(2)(x)])
mean, spread = encoder.predict(np.ones((2, 4)))
""",
    """
import keras
left, right = keras.ops.split(keras.Input((6,)), 3, axis=-1)
""",
    """
import keras
import numpy as np
left, right = keras.ops.split(np.zeros((2, 6)), 3, axis=-1)
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
    """
import keras
import numpy as np
from keras.layers import Dense
x = keras.Input((4,))
encoder = keras.Model(x, [Dense(2)(x), Dense(2)(x)])
mean, spread = encoder.predict(np.ones((2, 4)), verbose=0)
named = keras.Model(x, {"mean": Dense(2)(x), "spread": Dense(2)(x), "more": Dense(2)(x)})
a, b, c = named.predict(np.ones((2, 4)), verbose=0)
left, right = keras.ops.split(np.zeros((2, 6)), 2, axis=-1)
""",
]


@claim("RNN007", "wrong-number-of-states", Severity.ERROR, kinds=("unpack",), specificity=10)
def wrong_number_of_states(fault: Fault, program: Program) -> Finding | None:
    value, wanted = fault.details.get("value"), fault.details.get("wanted")
    items = list(value) if isinstance(value, tuple) else value.items if isinstance(value, ListValue) else []
    tensors = flatten(value)
    if not tensors or not all(isinstance(one, (Tensor, Array)) for one in tensors):
        return None
    call = tensors[0].call if isinstance(tensors[0], Tensor) else None
    if call is not None and all(isinstance(one, Tensor) and one.call is call for one in tensors):
        return _of_layer(fault, call, items, tensors)
    made = next((one for one in program.calls if one.result is value and one.name.startswith("keras.")), None)
    if made is None:
        return None
    layer = made.receiver if isinstance(made.receiver, LayerObject) else None
    what = layer.class_name if layer is not None and made.name.endswith(".__call__") else made.name.rpartition(".")[2]
    return Finding(
        fault.place,
        f"`{what}` returns {len(items)} values, but {wanted} names stand here to take them. Write one name for each, or `first, *rest`.",
        related=(("what is unpacked is made here", made.place),),
        key=fault.place.node,
    )


def _of_layer(fault: Fault, call: LayerCall, items: list[Value], tensors: list[Value]) -> Finding:
    layer, wanted = call.layer, fault.details.get("wanted")
    names = outputs_of(layer)
    if names is not None and len(names) == len(items):
        told = (
            f"This {layer.class_name} with return_state=True returns {len(names)} tensors ({', '.join(names)}), but {wanted} names stand here "
            "to take them. Write one name for each, or `output, *states`."
        )
    elif len(items) != len(tensors):
        told = (
            f"What this {layer.class_name} returns is nested: here are {len(items)} groups of {len(tensors)} tensors, but {wanted} names stand here "
            "to take them. Unpack the groups one by one."
        )
    else:
        whole = len(flatten(call.outputs)) == len(items)
        told = (
            f"{'This' if whole else 'Of what this'} {layer.class_name} returns {f'{len(items)} tensors' if whole else f'there are {len(items)} tensors here'}, "
            f"but {wanted} names stand here to take them. Write one name for each, or `first, *rest`."
        )
    return Finding(fault.place, told, related=(("what is unpacked is made here", call.place),), key=fault.place.node)
