"""A required argument is missing.

What it does: compares the arguments of a call with the signatures of Keras.

Why is this bad: Python raises TypeError, "missing 1 required positional argument".

Example:

    AveragePooling1D()

Use instead:

    AveragePooling1D(pool_size=2)

References: https://keras.io/api/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..evidence import (
    subject_name,
)

BAD = [
    """
import keras
from keras.layers import AveragePooling1D
layer = AveragePooling1D()
""",
    """
import keras
from keras.layers import Dense
layer = Dense(activation="relu")
""",
]
GOOD = [
    """
import keras
from keras.layers import AveragePooling1D
layer = AveragePooling1D(pool_size=2)
""",
]


@claim("API025", "missing-argument", Severity.ERROR, kinds=("missing-argument",), specificity=0)
def missing_argument(fault: Fault, program: Program) -> Finding | None:
    if isinstance(fault.subject, str) and not fault.subject.startswith("keras."):
        return None
    word = str(fault.details.get("argument") or fault.required)
    if word == "inputs":
        return Finding(
            fault.place,
            f"{subject_name(fault)} is called without a tensor, and raises. Give it one: layer(x).",
            key=fault.place.node,
        )
    return Finding(
        fault.place,
        f"{subject_name(fault)} can't do without `{word}`, and raises. Add {word}=... to the call.",
        key=fault.place.node,
    )
