"""A layer's size is not a positive whole number.

What it does: reports units and other sizes that are floats, strings, zero or negative.

Why is this bad: Keras raises. In Python 3, `/` gives a float even where it divides exactly.

Example:

    Dense(64 / 2)

Use instead:

    Dense(64 // 2)

References: https://keras.io/api/layers/core_layers/dense/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..evidence import subject_name

BAD = [
    """
import keras
layer = keras.layers.Dense(64 / 2)
""",
    """
import keras
layer = keras.layers.Dense(0)
""",
]
GOOD = [
    """
import keras
layer = keras.layers.Dense(64 // 2)
""",
]


@claim("API004", "not-a-positive-integer", Severity.ERROR, kinds=("not-a-positive-integer",), specificity=10)
def not_a_positive_integer(fault: Fault, program: Program) -> Finding | None:
    value, name = fault.details.get("value"), fault.details.get("argument", "size")
    place = fault.blamed[0] if fault.blamed else fault.place
    advice = (
        "Write `//` to divide, or wrap it in int(...)."
        if isinstance(value, float)
        else "Give it a whole number of at least 1."
    )
    kind = "the float " if isinstance(value, float) else "the string " if isinstance(value, str) else ""
    return Finding(
        place,
        f"{subject_name(fault)} needs a positive integer for `{name}`, and `{place.text}` is {kind}{fault.got}. {advice}",
        key=fault.place.node,
    )
