"""A layer gets the wrong number of weight arrays.

What it does: counts the arrays in the list that `set_weights` gets, and compares with the weights that the layer has.

Why is this bad: Keras raises, also where the layer has none yet because it was neither called nor built. A Dense has a kernel and a bias, an LSTM, a GRU and a SimpleRNN a kernel, a recurrent
kernel and a bias.

Example:

    layer.set_weights([kernel])

Use instead:

    layer.set_weights([kernel, bias])

References: https://keras.io/api/layers/base_layer/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    LayerObject,
    ListValue,
    ModelObject,
)

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
]
BUILT_BY_A_CALL = ("Dense", "LSTM", "GRU", "SimpleRNN", "Conv1D", "Conv2D", "Conv3D", "BatchNormalization")
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


@check("API026", "set-weights-count", Severity.ERROR)
def set_weights_count(program: Program) -> Iterator[Finding]:
    for call in program.calls:
        layer, given = call.receiver, call.args[0] if call.args else None
        if (
            not call.name.endswith(".set_weights")
            or not isinstance(layer, LayerObject)
            or isinstance(layer, ModelObject)
        ):
            continue
        if (
            not isinstance(given, ListValue)
            or given.open
            or layer.weights_unknown
            or layer.sublayers
            or layer.user_class is not None
        ):
            continue
        if layer.opaque or layer.approximate:
            continue
        if not layer.built and not layer.weights and given.items and layer.class_name in BUILT_BY_A_CALL:
            yield Finding(
                call.place,
                f"This {layer.class_name} has no weights yet, and set_weights raises: they are made when the layer is called or built. Give it the "
                "weights after that.",
                key=call.place.node,
            )
        if not layer.built or not layer.weights or len(given.items) == len(layer.weights):
            continue
        names = ", ".join(f"{w.name} {w.shape}" for w in layer.weights)
        yield Finding(
            call.place,
            f"This list has {len(given.items)} arrays, but the {layer.class_name} has {len(layer.weights)} weights ({names}), and set_weights raises. "
            f"Give it one array for each, in this order.",
            key=call.place.node,
        )
