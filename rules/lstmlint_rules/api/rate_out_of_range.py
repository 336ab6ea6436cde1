"""A dropout rate that is not a fraction.

What it does: finds rates below 0 or above 1 in Dropout and its relatives.

Why is this bad: Keras raises: the rate is the share of values that are dropped, between 0 and 1.

Example:

    Dropout(20)

Use instead:

    Dropout(0.2)

Fix safety: unsafe: that the number is a percentage is a guess.

References: https://keras.io/api/layers/regularization_layers/dropout/
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from lstmlint.edits import (
    unsafe_fix,
)
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check, replace_text

BAD = [
    """
import keras
from keras.layers import Dropout
layer = Dropout(20)
""",
]
GOOD = [
    """
import keras
from keras.layers import Dropout
layer = Dropout(0.2)
""",
]


LAYERS = ("Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "AlphaDropout", "GaussianDropout")


@check("API028", "rate-out-of-range", Severity.ERROR)
def rate_out_of_range(program: Program) -> Iterator[Finding]:
    for layer in program.layers:
        if layer.class_name not in LAYERS or layer.user_class is not None or layer.arguments is None:
            continue
        rate, place = layer.arguments.get("rate"), layer.arguments.place("rate") or layer.place
        if not isinstance(rate, (int, float)) or isinstance(rate, bool) or 0 <= rate <= 1 or place is None:
            continue
        percent = 2 <= rate <= 100
        calculated = not isinstance(place.node, (ast.Constant, ast.UnaryOp)) and 1 < rate < 2
        yield Finding(
            place,
            f"The rate of {layer.class_name} is a fraction between 0 and 1, and {rate:.6g} is refused. "
            + (
                f"For {rate} per cent write {rate / 100:g}."
                if percent
                else f"`{place.text}` must not come to more than 1."
                if calculated
                else "Write 0.2 for a fifth."
            ),
            fix=unsafe_fix(f"Write {rate / 100:g}.", replace_text(place, f"{rate / 100:g}")) if percent else None,
            key=layer.place.node if layer.place else None,
        )
