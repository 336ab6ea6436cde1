"""The input of a convolution has no channel axis.

What it does: finds Conv1D, Conv2D and the poolings over an input of one axis too few.

Why is this bad: Keras raises: also an image of one channel has a channel axis, (rows, columns, 1), and a series of
single numbers is (steps, 1).

Example:

    model = Sequential([Input((28, 28)), Conv2D(4, 3)])

Use instead:

    model = Sequential([Input((28, 28, 1)), Conv2D(4, 3)])

References: https://keras.io/api/layers/convolution_layers/convolution2d/
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
model = keras.Sequential([keras.Input((28, 28)), Conv2D(4, 3)])
""",
    """
import keras
from keras.layers import Conv1D
model = keras.Sequential([keras.Input((28,)), Conv1D(4, 3)])
""",
]
GOOD = [
    """
import keras
from keras.layers import Conv2D
model = keras.Sequential([keras.Input((28, 28, 1)), Conv2D(4, 3)])
""",
]


@claim("SHP020", "missing-channel-axis", Severity.ERROR, kinds=("rank",), specificity=12)
def missing_channel_axis(fault: Fault, program: Program) -> Finding | None:
    name, rank, shape = subject_name(fault), fault.details.get("rank"), fault.details.get("shape")
    wanted = fault.details.get("min_ndim") or fault.details.get("ndim")
    if producer(fault) is not None or rank is None or wanted is None or shape is None or rank != wanted - 1:
        return None
    if not name.startswith(
        ("Conv1D", "Conv2D", "Conv3D", "SeparableConv", "DepthwiseConv", "MaxPooling", "AveragePooling")
    ):
        return None
    inside = ", ".join(str(d) for d in shape.dims[1:])
    if "around" in fault.details:
        advice = (
            f"The TimeDistributed around it takes the first axis of a sample for the timesteps, so that {name} gets the others: put the number of "
            "timesteps in front of the sizes of one."
        )
    else:
        advice = f"Declare ({inside}, 1), and give the data that axis too, with X[..., None]."
    return Finding(
        fault.place,
        f"{name} needs a channel axis, but the input is {fault.got}. {advice}",
        shapes=ShapePair(fault.required, fault.got),
        key=fault.place.node,
    )
