"""More than half of the values are dropped.

What it does: finds Dropout rates above 0.5.

Why is this bad: an opinion: the rest has to stand for everything, and training becomes slow and noisy. 0.2 to 0.5 is
usual.

Example:

    Dropout(0.8)

Use instead:

    Dropout(0.5)

References: https://keras.io/api/layers/regularization_layers/dropout/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..evidence import (
    RECURRENT,
)

BAD = [
    """
import keras
from keras.layers import Dropout
layer = Dropout(0.8)
""",
]
GOOD = [
    """
import keras
from keras.layers import Dropout
layer = Dropout(0.5)
""",
]


@check("STY004", "high-dropout", Severity.INFO)
def high_dropout(program: Program) -> Iterator[Finding]:
    for layer in program.layers:
        name = "rate" if layer.class_name in ("Dropout", "SpatialDropout1D", "SpatialDropout2D") else "dropout"
        if (
            layer.arguments is None
            or layer.user_class is not None
            or (name == "dropout" and layer.class_name not in RECURRENT)
        ):
            continue
        rate = layer.arguments.get(name)
        if isinstance(rate, float) and 0.5 < rate < 1:
            yield Finding(
                layer.arguments.place(name) or layer.place or layer.calls[0].place,
                f"This {layer.class_name} drops {rate:.0%} of the values, more than it keeps. Rates from 0.2 to 0.5 are usual.",
            )
