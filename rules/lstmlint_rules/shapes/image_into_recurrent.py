"""A recurrent layer gets images or feature maps.

What it does: finds recurrent layers behind convolutions and poolings over rows and columns.

Why is this bad: Keras raises: a recurrent layer needs (batch, timesteps, features), and a feature map is (batch,
rows, columns, channels). Somebody has to say what a timestep is.

Example:

    model.add(Conv2D(8, 3))
    model.add(LSTM(4))

Use instead:

    model.add(Conv2D(8, 3))
    model.add(Reshape((26, 26 * 8)))
    model.add(LSTM(4))

References: https://keras.io/api/layers/recurrent_layers/
"""

from __future__ import annotations

from lstmlint.diagnostic import ShapePair
from lstmlint.faults import Fault
from lstmlint.program import LayerCall, Program
from lstmlint.rule import Finding, Severity, claim

from ..evidence import (
    RECURRENT,
    before,
    line,
    producer,
    subject_name,
)

BAD = [
    """
import keras
from keras.layers import Conv2D, LSTM, MaxPooling2D
model = keras.Sequential([keras.Input((28, 28, 1)), Conv2D(8, 3), MaxPooling2D(), LSTM(4)])
""",
]
GOOD = [
    """
import keras
from keras.layers import Conv2D, LSTM, MaxPooling2D, Reshape
model = keras.Sequential([keras.Input((28, 28, 1)), Conv2D(8, 3), MaxPooling2D(), Reshape((13, 13 * 8)), LSTM(4)])
""",
]


@claim("SHP018", "image-into-recurrent", Severity.ERROR, kinds=("rank",), specificity=15)
def image_into_recurrent(fault: Fault, program: Program) -> Finding | None:
    call, shape = producer(fault), fault.details.get("shape")
    if (
        call is None
        or shape is None
        or shape.rank != 4
        or subject_name(fault) not in (*RECURRENT, "Bidirectional", "RNN")
    ):
        return None
    source: LayerCall | None = call
    while source is not None and not source.layer.class_name.startswith(
        ("Conv2D", "SeparableConv2D", "DepthwiseConv2D", "MaxPooling2D")
    ):
        source = before(source)
    if source is None:
        return None
    rows, inside = shape[1], shape[2] * shape[3]
    return Finding(
        fault.place,
        f"{subject_name(fault)} needs (batch, timesteps, features) but gets the feature map {fault.got} of the {call.layer.class_name} on "
        f"{line(call.layer.place)}. Reshape(({rows}, {inside})) takes the rows for timesteps; for a series of images wrap the convolutions in "
        f"TimeDistributed.",
        related=((f"{call.layer.class_name} returns {call.output_shape} here", call.layer.place or call.place),),
        shapes=ShapePair(fault.required, fault.got),
        key=fault.place.node,
    )
