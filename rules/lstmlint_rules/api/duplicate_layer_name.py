"""Two layers of a model have the same name.

What it does: compares the names given to the layers of a model.

Why is this bad: Keras raises: weights and layers are found by name, so names must be unique.

Example:

    model = Sequential([Dense(4, name="a"), Dense(4, name="a")])

Use instead:

    model = Sequential([Dense(4, name="a"), Dense(4, name="b")])

References: https://keras.io/api/models/sequential/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

BAD = [
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(4, name="a"), Dense(4, name="a")])
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(4, name="a"), Dense(4, name="b")])
""",
]


@claim("API013", "duplicate-layer-name", Severity.ERROR, kinds=("duplicate-layer-name",), specificity=10)
def duplicate_layer_name(fault: Fault, program: Program) -> Finding | None:
    name = fault.details.get("name") or fault.got
    places = [p for p in fault.blamed if p.node is not fault.place.node]
    return Finding(
        fault.place,
        f'Two layers of this model are called "{name}", and Keras refuses the second. Leave name= out, or give each its own.',
        related=tuple((f'"{name}"', p) for p in places),
        key=fault.place.node,
    )
