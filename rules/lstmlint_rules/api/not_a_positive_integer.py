"""A layer's size is not a positive whole number.

What it does: reports units and other sizes that are floats, strings, tuples, zero or negative, or that NumPy calculated.

Why is this bad: Keras raises. In Python 3, `/` gives a float even where it divides exactly; and `X.max() + 1` is an integer of
NumPy's, which Keras 3 no longer takes.

Example:

    Dense(64 / 2)

Use instead:

    Dense(64 // 2)

Fix safety: safe. `int(...)` around a number of NumPy's changes its type only.

References: https://keras.io/api/layers/core_layers/dense/
"""

from __future__ import annotations

from lstmlint.edits import replace, safe_fix
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import Array, Unknown

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
    """
import keras
import numpy as np
X = np.array([[1, 2], [3, 4]])
layer = keras.layers.Embedding(X.max() + 1, 8)
""",
    """
import keras
layer = keras.layers.LSTM((10, 64))
""",
    """
import random
import keras
units = random.randint(50, 100)
layer = keras.layers.Dense(units / 2)
""",
]
GOOD = [
    """
import keras
layer = keras.layers.Dense(64 // 2)
""",
    """
import keras
import numpy as np
X = np.array([[1, 2], [3, 4]])
layer = keras.layers.Embedding(int(X.max()) + 1, 8)
""",
]


@claim("API004", "not-a-positive-integer", Severity.ERROR, kinds=("not-a-positive-integer",), specificity=10)
def not_a_positive_integer(fault: Fault, program: Program) -> Finding | None:
    value, name = fault.details.get("value"), fault.details.get("argument", "size")
    place = fault.blamed[0] if fault.blamed else fault.place
    if isinstance(value, Array):
        text = place.text
        return Finding(
            place,
            f"{subject_name(fault)} takes Python's integers for `{name}`, and `{text}` is a number of NumPy's, which Keras 3 refuses. "
            f"Write int({text}).",
            fix=safe_fix("Wrap it in int(...).", replace(place, f"int({text})"))
            if fault.blamed and "\n" not in text
            else None,
            key=fault.place.node,
        )
    if isinstance(value, tuple) and name == "units":
        return Finding(
            place,
            f"{subject_name(fault)} needs a positive integer for `units`, and {fault.got} is the shape of something. Write the number of units "
            f"there, and the shape of the input in an Input({fault.got}) in front.",
            key=fault.place.node,
        )
    advice = (
        "Write `//` to divide, or wrap it in int(...)."
        if isinstance(value, (float, Unknown))
        else "Give it a whole number of at least 1."
    )
    kind = "the float " if isinstance(value, float) else "the string " if isinstance(value, str) else ""
    return Finding(
        place,
        f"{subject_name(fault)} needs a positive integer for `{name}`, and `{place.text}` is {kind}{fault.got}. {advice}",
        key=fault.place.node,
    )
