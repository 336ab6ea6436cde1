"""A network of Dense layers reads a sequence step by step.

What it does: finds models that consist of nothing but Dense layers over an input of timesteps.

Why is this bad: Dense works on the last axis, with the same weights for every step. Nothing in such a model sees two
steps at once, and its output is a sequence.

Example:

    model = Sequential([Input((10, 3)), Dense(32), Dense(1)])

Use instead:

    model = Sequential([Input((10, 3)), Flatten(), Dense(32), Dense(1)])

References: https://keras.io/api/layers/core_layers/dense/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    Tensor,
)

from ..evidence import (
    label,
)

BAD = [
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((10, 3)), Dense(32, activation="relu"), Dense(1)])
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense, Flatten
model = keras.Sequential([keras.Input((10, 3)), Flatten(), Dense(32, activation="relu"), Dense(1)])
""",
]


@check("SHP028", "dense-over-time", Severity.INFO)
def dense_over_time(program: Program) -> Iterator[Finding]:
    for site in program.models:
        model = site.model
        if (
            model.kind != "Sequential"
            or model.incomplete
            or not isinstance(model.inputs, Tensor)
            or model.inputs.shape.rank != 3
        ):
            continue
        names = {x.class_name for x in model.layers}
        if "Dense" in names and names <= {"Dense", "Dropout", "Activation", "BatchNormalization", "LayerNormalization"}:
            steps = model.inputs.shape[1]
            yield Finding(
                site.place,
                f"Nothing in this model sees two of the {label(steps)} timesteps at once: Dense works on the last axis of each step. "
                f"Put a Flatten in front, or a recurrent layer.",
            )
