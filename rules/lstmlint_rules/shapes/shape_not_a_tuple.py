"""A shape is a bare number.

What it does: finds `Input(10)` and `input_shape=(10)`, where the brackets make no tuple.

Why is this bad: Keras raises "Cannot convert '10' to a shape".

Example:

    keras.Input(shape=(10))

Use instead:

    keras.Input(shape=(10,))

Fix safety: safe. A shape of one size is all that a single number can mean.

References: https://keras.io/api/layers/core_layers/input/
"""

from __future__ import annotations

from lstmlint.diagnostic import Edit
from lstmlint.edits import replace, safe_fix
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

BAD = [
    """
import keras
x = keras.Input(shape=(10))
""",
]
GOOD = [
    """
import keras
x = keras.Input(shape=(10,))
""",
]


def _tuple(fault: Fault) -> Edit | None:
    """`10` becomes `(10,)`, and `(10)` too."""
    place = fault.blamed[0] if fault.blamed else None
    return (
        replace(place, f"({place.text},)")
        if place is not None and place.text.isidentifier() | place.text.isdigit()
        else None
    )


@claim("SHP005", "shape-not-a-tuple", Severity.ERROR, kinds=("shape-not-a-tuple",), specificity=10)
def shape_not_a_tuple(fault: Fault, program: Program) -> Finding | None:
    return Finding(
        fault.blamed[0] if fault.blamed else fault.place,
        f"A shape is a tuple of sizes, and {fault.got} is only a number. Write ({fault.got},), with the comma.",
        fix=safe_fix("Make it a tuple.", _tuple(fault)),
        key=fault.place.node,
    )
