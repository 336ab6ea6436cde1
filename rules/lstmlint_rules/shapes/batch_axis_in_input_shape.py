"""The batch axis is written inside `input_shape`.

What it does: finds input shapes with one axis too many in front of a layer that refuses them, such as `input_shape=X.shape`.

Why is this bad: Keras adds the batch axis by itself, so the layer gets one axis more than it takes and raises.

Example:

    model.add(LSTM(32, input_shape=X_train.shape))

Use instead:

    model.add(LSTM(32, input_shape=X_train.shape[1:]))

References: https://keras.io/api/layers/core_layers/input/
"""

from __future__ import annotations

from lstmlint.diagnostic import ShapePair
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

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
        key=fault.place.node,
    )
