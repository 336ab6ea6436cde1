"""Weights that all begin with the same number.

What it does: finds "zeros", "ones" and other constants as initialisers of kernels.

Why is this bad: units that begin alike get the same gradient and stay alike, so that a layer of many units learns
what one unit could.

Example:

    Dense(64, kernel_initializer="zeros")

Use instead:

    Dense(64)

References: https://keras.io/api/layers/initializers/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    Object,
)

BAD = [
    """
import keras
from keras.layers import Dense
layer = Dense(64, kernel_initializer="zeros")
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense
layer = Dense(64, bias_initializer="zeros")
""",
]


CONSTANT = ("zeros", "ones", "zero", "one", "constant", "Zeros", "Ones", "Constant")


@check("STY008", "constant-initializer", Severity.INFO)
def constant_initializer(program: Program) -> Iterator[Finding]:
    for layer in program.layers:
        if layer.arguments is None or layer.user_class is not None:
            continue
        for name in ("kernel_initializer", "recurrent_initializer"):
            value, place = layer.arguments.get(name), layer.arguments.place(name)
            word = value if isinstance(value, str) else value.class_name if isinstance(value, Object) else None
            if word in CONSTANT and place is not None:
                yield Finding(
                    place,
                    f"With {name}={place.text} all {layer.class_name} weights begin alike, and units that begin alike stay alike. "
                    f"Leave it out, or use a random initialiser.",
                )
