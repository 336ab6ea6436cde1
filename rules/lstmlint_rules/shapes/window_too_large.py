"""A kernel or pool is larger than what is left of the sequence or image.

What it does: follows the sizes through convolutions and pools until nothing is left.

Why is this bad: Keras raises, because the output would have no elements.

Example:

    Input((4, 3)), Conv1D(8, 7)

Use instead:

    Input((4, 3)), Conv1D(8, 3)

References: https://keras.io/api/layers/convolution_layers/convolution1d/
"""

from __future__ import annotations

from lstmlint.diagnostic import ShapePair
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import LayerObject

from ..evidence import subject_name

BAD = [
    """
import keras
model = keras.Sequential([keras.Input((4, 3)), keras.layers.Conv1D(8, 7)])
""",
]
GOOD = [
    """
import keras
model = keras.Sequential([keras.Input((4, 3)), keras.layers.Conv1D(8, 3)])
""",
]


@claim("SHP007", "window-too-large", Severity.ERROR, kinds=("window-too-large",), specificity=10)
def window_too_large(fault: Fault, program: Program) -> Finding | None:
    shape, layer = fault.details.get("shape"), fault.subject
    advice = 'Use a smaller window, fewer pools before it, or padding="same".'
    if (
        isinstance(layer, LayerObject)
        and layer.arguments is not None
        and layer.arguments.get("data_format") == "channels_first"
    ):
        advice = 'With data_format="channels_first" the axes are (channels, rows, columns): leave it out where the channels are last.'
    return Finding(
        fault.place,
        f"{subject_name(fault)} needs {fault.required} but only {fault.got} are left"
        + (f" of {shape}" if shape is not None else "")
        + f". {advice}",
        shapes=ShapePair(fault.required, fault.got),
        key=fault.place.node,
    )
