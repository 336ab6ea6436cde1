"""A weight gets an array of another shape.

What it does: compares the shapes of the arrays that `set_weights` gets with those of the weights that the layer or model has, one by one.

Why is this bad: Keras raises. Weights go from one model to another only where both have the same layers on inputs of the same features.

Example:

    first = keras.Sequential([keras.Input((10, 2)), LSTM(8)])
    second = keras.Sequential([keras.Input((10, 3)), LSTM(8)])
    second.set_weights(first.get_weights())

Use instead:

    first = keras.Sequential([keras.Input((10, 3)), LSTM(8)])
    second = keras.Sequential([keras.Input((10, 3)), LSTM(8)])
    second.set_weights(first.get_weights())

References: https://keras.io/api/layers/base_layer/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import LayerObject, Weight

BAD = [
    """
import keras
from keras.layers import Dense, LSTM
first = keras.Sequential([keras.Input((10, 2)), LSTM(8), Dense(1)])
second = keras.Sequential([keras.Input((10, 3)), LSTM(8), Dense(1)])
second.set_weights(first.get_weights())
""",
    """
import keras
import numpy as np
layer = keras.layers.Dense(2)
layer.build((None, 3))
layer.set_weights([np.zeros((2, 3)), np.zeros(2)])
""",
    """
import keras
from keras.layers import Dense, BatchNormalization
x = keras.Input((4,))
first = keras.Model(x, Dense(1)(BatchNormalization()(Dense(3)(x))))
second = keras.Model(x, Dense(1)(BatchNormalization()(Dense(5)(x))))
second.set_weights(first.weights)
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import Bidirectional, Dense, GRU, LSTM
first = keras.Sequential([keras.Input((10, 2)), Bidirectional(LSTM(8, return_sequences=True)), GRU(4), Dense(1)])
second = keras.Sequential([keras.Input((20, 2)), Bidirectional(LSTM(8, return_sequences=True)), GRU(4), Dense(1)])
second.set_weights(first.get_weights())
second.layers[-1].set_weights([np.zeros((4, 1)), np.zeros(1)])
""",
]


@claim("API039", "set-weights-shape", Severity.ERROR, kinds=("set-weights-shape",), specificity=10)
def set_weights_shape(fault: Fault, program: Program) -> Finding | None:
    layer, weight = fault.subject, fault.details.get("weight")
    if not isinstance(layer, LayerObject) or not isinstance(weight, Weight):
        return None
    return Finding(
        fault.place,
        f"Weight {fault.details['position']} of this {layer.class_name} is the {weight.name} {fault.required}, but gets {fault.got}, and set_weights raises. "
        f"Give it arrays of the shapes of its own weights.",
        key=fault.place.node,
    )
