"""A default that differs between Keras 2 and Keras 3.

What it does: finds calls that leave out an argument whose default is another one in the other version.

Why is this bad: nothing raises, but weights and results of one version don't fit the other: a ConvLSTM2D that was
trained under Keras 2 computes other numbers under Keras 3.

Example:

    layer = ConvLSTM2D(8, 3)

Use instead:

    layer = ConvLSTM2D(8, 3, recurrent_activation="sigmoid")

References: https://keras.io/guides/migrating_to_keras_3/
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

BAD = [
    """
import keras
layer = keras.layers.ConvLSTM2D(8, 3)
""",
    """
import keras
optimizer = keras.optimizers.Lion()
""",
]
GOOD = [
    """
import keras
layer = keras.layers.ConvLSTM2D(8, 3, recurrent_activation="sigmoid")
optimizer = keras.optimizers.Lion(1e-4)
""",
]

CHANGED = {
    "keras.layers.ConvLSTM1D": ("recurrent_activation", "hard_sigmoid", "sigmoid"),
    "keras.layers.ConvLSTM2D": ("recurrent_activation", "hard_sigmoid", "sigmoid"),
    "keras.layers.ConvLSTM3D": ("recurrent_activation", "hard_sigmoid", "sigmoid"),
    "keras.optimizers.Lion": ("learning_rate", 0.0001, 0.001),
}
"""Class -> the argument, its default in Keras 2, and in Keras 3."""

POSITION = {"recurrent_activation": 7, "learning_rate": 0}


@check("MIG017", "changed-default", Severity.INFO)
def changed_default(program: Program) -> Iterator[Finding]:
    for call in program.calls:
        if call.name not in CHANGED or call.refused is not None:
            continue
        argument, old, new = CHANGED[call.name]
        if argument in call.kwargs or len(call.args) > POSITION[argument]:
            continue
        here, there = (3, 2) if program.keras_major >= 3 else (2, 3)
        mine, other = (json.dumps(new), json.dumps(old)) if here == 3 else (json.dumps(old), json.dumps(new))
        yield Finding(
            call.place,
            f"{call.name.rpartition('.')[2]} has {argument}={mine} by default in Keras {here} and {other} in Keras {there}, so that what was "
            f"trained under one doesn't fit the other. Write {argument}={mine} to keep it in both.",
            key=call.place.node,
        )
