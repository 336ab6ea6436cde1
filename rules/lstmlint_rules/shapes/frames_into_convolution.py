"""A convolution over images gets a series of images.

What it does: finds Conv2D and its relatives with an input of one axis too many, (batch, timesteps, rows, columns,
channels).

Why is this bad: Keras raises: the layer works on one image of each sample.

Example:

    model = Sequential([Input((5, 28, 28, 1)), Conv2D(4, 3)])

Use instead:

    model = Sequential([Input((5, 28, 28, 1)), TimeDistributed(Conv2D(4, 3))])

References: https://keras.io/api/layers/recurrent_layers/time_distributed/
"""

from __future__ import annotations

from lstmlint.diagnostic import ShapePair
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..evidence import (
    producer,
    subject_name,
)

BAD = [
    """
import keras
from keras.layers import Conv2D
model = keras.Sequential([keras.Input((5, 28, 28, 1)), Conv2D(4, 3)])
""",
]
GOOD = [
    """
import keras
from keras.layers import Conv2D, TimeDistributed
model = keras.Sequential([keras.Input((5, 28, 28, 1)), TimeDistributed(Conv2D(4, 3))])
""",
]


LAYERS = (
    "Conv2D",
    "SeparableConv2D",
    "DepthwiseConv2D",
    "MaxPooling2D",
    "AveragePooling2D",
    "Conv1D",
    "SeparableConv1D",
)


@claim("SHP019", "frames-into-convolution", Severity.ERROR, kinds=("rank",), specificity=10)
def frames_into_convolution(fault: Fault, program: Program) -> Finding | None:
    name, rank = subject_name(fault), fault.details.get("rank")
    wanted = fault.details.get("max_ndim") or fault.details.get("ndim")
    if name not in LAYERS or rank is None or wanted is None or rank != wanted + 1:
        return None
    batch = " If it is the batch, leave it out of the input shape." if producer(fault) is None else ""
    what = "(rows, columns, channels)" if "2D" in name else "(steps, channels)"
    return Finding(
        fault.place,
        f"{name} reads {what} of each sample but gets one axis more, {fault.got}. If the axis in front is a series, "
        f"write TimeDistributed({name}(...)).{batch}",
        shapes=ShapePair(fault.required, fault.got),
        key=fault.place.node,
    )
