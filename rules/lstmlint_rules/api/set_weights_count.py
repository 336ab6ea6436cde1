"""A layer or model gets the wrong number of weight arrays.

What it does: counts the arrays in the list that `set_weights` gets, and compares with the weights that the layer or model has.

Why is this bad: Keras raises, also where the layer has none yet because it was neither called nor built. A Dense has a
kernel and a bias, an LSTM, a GRU and a SimpleRNN a kernel, a recurrent kernel and a bias.

Example:

    layer.set_weights([kernel])

Use instead:

    layer.set_weights([kernel, bias])

References: https://keras.io/api/layers/base_layer/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import LayerObject

BAD = [
    """
import keras
import numpy as np
from keras.layers import Dense
layer = Dense(2)
layer.build((None, 3))
layer.set_weights([np.zeros((3, 2))])
""",
    """
import keras
import numpy as np
from keras.layers import Dense
layer = Dense(2)
layer.set_weights([np.zeros((3, 2)), np.zeros(2)])
""",
    """
import keras
from keras.layers import Dense, LSTM
first = keras.Sequential([keras.Input((10, 2)), LSTM(8), Dense(1)])
second = keras.Sequential([keras.Input((10, 2)), LSTM(8), Dense(4), Dense(1)])
second.set_weights(first.get_weights())
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import Dense
layer = Dense(2)
layer.build((None, 3))
layer.set_weights([np.zeros((3, 2)), np.zeros(2)])
""",
]


@claim("API026", "set-weights-count", Severity.ERROR, kinds=("set-weights-count",), specificity=10)
def set_weights_count(fault: Fault, program: Program) -> Finding | None:
    layer, weights = fault.subject, fault.details.get("weights", ())
    if not isinstance(layer, LayerObject):
        return None
    if fault.details.get("unbuilt"):
        return Finding(
            fault.place,
            f"This {layer.class_name} has no weights yet, and set_weights raises: they are made when the layer is called or built. Give it the "
            "weights after that.",
            key=fault.place.node,
        )
    if not weights:
        return Finding(
            fault.place,
            f"This list has {fault.got} arrays, but the {layer.class_name} has no weights, and set_weights raises. Give it to the layer that they are of.",
            key=fault.place.node,
        )
    names = ", ".join(f"{w.name} {w.shape}" for w in weights[:6]) + (", ..." if len(weights) > 6 else "")
    return Finding(
        fault.place,
        f"This list has {fault.got} arrays, but the {layer.class_name} has {len(weights)} weights ({names}), and set_weights raises. "
        f"Give it one array for each, in this order.",
        key=fault.place.node,
    )
