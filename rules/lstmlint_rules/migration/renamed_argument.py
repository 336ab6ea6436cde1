"""An argument that still works under its old name.

What it does: finds `alpha=` in LeakyReLU, which is called `negative_slope` now.

Why is this bad: Keras 3 takes it with a warning, and a later version may not.

Example:

    LeakyReLU(alpha=0.1)

Use instead:

    LeakyReLU(negative_slope=0.1)

Fix safety: safe: only the name has changed.

References: https://keras.io/api/layers/activation_layers/leaky_relu/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.edits import (
    rename_keyword,
    safe_fix,
)
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..versions import keras3

BAD = [
    """
import keras
from keras.layers import LeakyReLU
layer = LeakyReLU(alpha=0.1)
""",
]
GOOD = [
    """
import keras
from keras.layers import LeakyReLU
layer = LeakyReLU(negative_slope=0.1)
""",
]


@check("MIG013", "renamed-argument", Severity.INFO)
def renamed_argument(program: Program) -> Iterator[Finding]:
    for layer in program.layers:
        if (
            layer.class_name == "LeakyReLU"
            and layer.user_class is None
            and layer.arguments is not None
            and keras3(program)
        ):
            place = layer.arguments.place("alpha")
            if place is not None and layer.arguments.explicit("alpha"):
                yield Finding(
                    place,
                    "LeakyReLU's `alpha` is called `negative_slope` now, and the old name only brings a warning. Write negative_slope=.",
                    fix=safe_fix("Write `negative_slope=`.", rename_keyword(layer.place, "alpha", "negative_slope")),
                )
