"""Convolutions without any pooling or strides.

What it does: finds Sequential models with three or more convolutions and nothing that makes the map smaller.

Why is this bad: an opinion: without pooling the layers see little of the image, and the Dense behind them has very
many weights.

Example:

    model = Sequential([Input((28, 28, 1)), Conv2D(8, 3), Conv2D(8, 3), Conv2D(8, 3)])

Use instead:

    model = Sequential([Input((28, 28, 1)), Conv2D(8, 3), MaxPooling2D(), Conv2D(8, 3), MaxPooling2D(), Conv2D(8, 3)])

References: https://keras.io/api/layers/pooling_layers/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

BAD = [
    """
import keras
from keras.layers import Conv2D
model = keras.Sequential([keras.Input((28, 28, 1)), Conv2D(8, 3), Conv2D(8, 3), Conv2D(8, 3)])
""",
]
GOOD = [
    """
import keras
from keras.layers import Conv2D, MaxPooling2D
model = keras.Sequential([keras.Input((28, 28, 1)), Conv2D(8, 3), MaxPooling2D(), Conv2D(8, 3), Conv2D(8, 3)])
""",
]


@check("STY003", "convolution-without-pooling", Severity.INFO)
def convolution_without_pooling(program: Program) -> Iterator[Finding]:
    for site in program.models:
        layers = site.model.layers if site.model.kind == "Sequential" and not site.model.incomplete else []
        chain = [x for x in layers if x.class_name in ("Conv1D", "Conv2D", "Conv3D") and x.arguments is not None]
        if len(chain) < 3 or any("Pool" in x.class_name for x in layers):
            continue
        if all(x.arguments is not None and x.arguments.get("strides") in (1, (1, 1), (1, 1, 1)) for x in chain):
            yield Finding(
                site.place,
                f"The {len(chain)} convolutions of this model all work at full size, with nothing in between that makes the map smaller. "
                f"Consider pooling or strides.",
            )
