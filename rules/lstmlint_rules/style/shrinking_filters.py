"""A convolution has fewer filters than the one before.

What it does: compares the filters of convolutions that follow each other in a Sequential, decoders with transposed
convolutions and upsampling left out.

Why is this bad: an opinion: where the map shrinks, more channels keep the information. Usual networks widen from
layer to layer.

Example:

    model.add(Conv2D(64, 3))
    model.add(Conv2D(32, 3))

Use instead:

    model.add(Conv2D(32, 3))
    model.add(Conv2D(64, 3))

References: https://keras.io/api/layers/convolution_layers/
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..evidence import (
    line,
)

BAD = [
    """
import keras
from keras.layers import Conv2D
model = keras.Sequential([keras.Input((28, 28, 1)), Conv2D(64, 3), Conv2D(32, 3)])
""",
]
GOOD = [
    """
import keras
from keras.layers import Conv2D
model = keras.Sequential([keras.Input((28, 28, 1)), Conv2D(32, 3), Conv2D(64, 3)])
""",
]


@check("STY002", "shrinking-filters", Severity.INFO)
def shrinking_filters(program: Program) -> Iterator[Finding]:
    for site in program.models:
        layers = site.model.layers if site.model.kind == "Sequential" else []
        if any("Transpose" in x.class_name or x.class_name.startswith("UpSampling") for x in layers):
            continue
        chain = [
            x
            for x in layers
            if x.class_name in ("Conv1D", "Conv2D", "Conv3D") and x.arguments is not None and x.user_class is None
        ]
        for left, right in itertools.pairwise(chain):
            a, b = (x.arguments.get("filters") if x.arguments is not None else None for x in (left, right))
            if isinstance(a, int) and isinstance(b, int) and b < a and right.place is not None:
                yield Finding(
                    right.place,
                    f"This {right.class_name} has {b} filters, fewer than the {a} on {line(left.place)}. Networks usually widen as the map shrinks.",
                )
