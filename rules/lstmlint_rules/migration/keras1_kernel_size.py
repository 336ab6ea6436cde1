"""Conv2D(32, 3, 3): the third number is the stride.

What it does: finds Conv2D layers with whole numbers as second and third positional arguments.

Why is this bad: in Keras 1 they were the rows and columns of the kernel. Since Keras 2 the third is `strides`, so that the
layer silently skips most of the image.

Example:

    Conv2D(32, 3, 3)

Use instead:

    Conv2D(32, (3, 3))

References: https://keras.io/api/layers/convolution_layers/convolution2d/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

BAD = [
    """
import keras
layer = keras.layers.Conv2D(32, 3, 3)
""",
]
GOOD = [
    """
import keras
layer = keras.layers.Conv2D(32, 3, strides=3)
""",
    """
import keras
layer = keras.layers.Conv2D(32, (3, 3))
""",
]


@check("MIG004", "keras1-kernel-size", Severity.WARNING)
def keras1_kernel_size(program: Program) -> Iterator[Finding]:
    for layer in program.layers:
        if (
            layer.class_name != "Conv2D"
            or layer.user_class is not None
            or layer.arguments is None
            or layer.place is None
        ):
            continue
        place = layer.arguments.place("strides")
        kernel, strides = layer.arguments.get("kernel_size"), layer.arguments.get("strides")
        written = getattr(layer.place.node, "args", ())
        # only Keras 1's own way of writing counts: two equal numbers, both by position, and a stride worth the name
        if place is None or len(written) < 3 or not isinstance(kernel, int) or kernel != strides or kernel < 2:
            continue
        yield Finding(
            place,
            f"The third positional argument is `strides`, so this moves {strides} pixels at a time and shrinks the image {strides} times. "
            f"For a {kernel} by {kernel} kernel write ({kernel}, {kernel}); if you mean the stride, name it.",
        )
