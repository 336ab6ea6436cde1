"""The batch axis is written inside `input_shape`.

What it does: finds input shapes with one axis too many in front of a layer that refuses them, such as `input_shape=X.shape`.

Why is this bad: Keras adds the batch axis by itself, so the layer gets one axis more than it takes and raises.

Example:

    model.add(LSTM(32, input_shape=X_train.shape))

Use instead:

    model.add(LSTM(32, input_shape=X_train.shape[1:]))

Fix safety: unsafe. `X.shape` becomes `X.shape[1:]`, which is what the layer needs; whether X is the array meant is for its author to say.

References: https://keras.io/api/layers/core_layers/input/
"""

from __future__ import annotations

import ast

from lstmlint.diagnostic import ShapePair
from lstmlint.edits import insert_after, unsafe_fix
from lstmlint.faults import Fault
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import LayerObject, Tensor, flatten

from ..evidence import SEQUENCE_LAYERS, producer, subject_name

BAD = [
    """
import keras
from keras.layers import LSTM
model = keras.Sequential([keras.Input((20, 85, 1)), LSTM(32)])
""",
    """
import keras, numpy as np
from keras.layers import LSTM
X = np.zeros((100, 10, 3))
model = keras.Sequential([keras.Input(shape=X.shape), LSTM(8)])
""",
]
GOOD = [
    """
import keras, numpy as np
from keras.layers import LSTM
X = np.zeros((100, 10, 3))
model = keras.Sequential([keras.Input(shape=X.shape[1:]), LSTM(8)])
""",
]


def whole_shape(fault: Fault) -> Place | None:
    """Where the input shape is written, if it is the shape of an array, whole: `X.shape`."""
    layer = fault.subject
    if not isinstance(layer, LayerObject):
        return None
    hint = layer.state.get("input_shape_hint")
    place: Place | None = hint[2] if hint is not None else None
    for tensor in flatten(layer.calls[-1].inputs) if place is None and layer.calls else ():
        source = tensor.facts.get("input_layer") if isinstance(tensor, Tensor) else None
        if isinstance(source, LayerObject) and source.arguments is not None:
            place = source.arguments.place("shape")
    written = isinstance(place, Place) and isinstance(place.node, ast.Attribute) and place.node.attr == "shape"
    return place if written else None


@claim("SHP002", "batch-axis-in-input-shape", Severity.ERROR, kinds=("rank",), specificity=10)
def batch_axis_in_input_shape(fault: Fault, program: Program) -> Finding | None:
    shape, ndim = fault.details.get("shape"), fault.details.get("ndim")
    if (
        producer(fault) is not None
        or subject_name(fault) not in SEQUENCE_LAYERS
        or shape is None
        or ndim != 3
        or shape.rank != 4
    ):
        return None
    inner = ", ".join(str(d) for d in shape.dims[2:])
    return Finding(
        fault.place,
        f"{subject_name(fault)} gets {fault.got}: the input shape names {shape[1]} as well as ({inner}), but the batch axis does not belong "
        f"in it, because Keras adds it. Write ({inner}), or X.shape[1:] for an array X.",
        shapes=ShapePair(fault.required, fault.got),
        fix=unsafe_fix(
            "Leave out the batch axis: take the shape from its second axis on.",
            insert_after(whole_shape(fault), "[1:]"),
        ),
        key=fault.place.node,
    )
