"""A padding that the layer doesn't know.

What it does: compares `padding=` of convolutions with "valid" and "same", and "causal", which only Conv1D has.

Why is this bad: Keras raises.

Example:

    Conv2D(4, 3, padding="causal")

Use instead:

    Conv2D(4, 3, padding="same")

References: https://keras.io/api/layers/convolution_layers/
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

BAD = [
    """
import keras
from keras.layers import Conv2D
layer = Conv2D(4, 3, padding="causal")
""",
    """
import keras
from keras.layers import Conv1D
layer = Conv1D(4, 3, padding="smae")
""",
]
GOOD = [
    """
import keras
from keras.layers import Conv1D
layer = Conv1D(4, 3, padding="causal")
""",
]


@check("SHP021", "unknown-padding", Severity.ERROR)
def unknown_padding(program: Program) -> Iterator[Finding]:
    for layer in program.layers:
        name = layer.class_name
        if (
            name not in ("Conv1D", "Conv2D", "Conv3D", "SeparableConv2D", "DepthwiseConv2D")
            or layer.user_class
            or layer.arguments is None
        ):
            continue
        padding, place = layer.arguments.get("padding"), layer.arguments.place("padding")
        known = ("valid", "same", "causal") if name == "Conv1D" else ("valid", "same")
        if not isinstance(padding, str) or padding.lower() in known or place is None:
            continue
        near = difflib.get_close_matches(padding.lower(), known, 1, 0.6)
        advice = f'Write "{near[0]}".' if near else f"It knows {' and '.join(known)}."
        reason = " (only Conv1D has it)" if padding.lower() == "causal" else ""
        yield Finding(
            place,
            f'{name} has no padding "{padding}"{reason} and raises. {advice}',
            key=layer.place.node if layer.place else None,
        )
