"""Dropout directly in front of BatchNormalization.

What it does: finds BatchNormalization behind a Dropout.

Why is this bad: dropout changes the variance in training but not afterwards, so that the statistics which the
normalisation has collected don't fit when the model is used.

Example:

    model.add(Dropout(0.5))
    model.add(BatchNormalization())

Use instead:

    model.add(BatchNormalization())
    model.add(Dropout(0.5))

References: https://arxiv.org/abs/1801.05134
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..evidence import (
    before,
    line,
)

BAD = [
    """
import keras
from keras.layers import BatchNormalization, Dense, Dropout
model = keras.Sequential([keras.Input((8,)), Dense(4), Dropout(0.5), BatchNormalization()])
""",
]
GOOD = [
    """
import keras
from keras.layers import BatchNormalization, Dense, Dropout
model = keras.Sequential([keras.Input((8,)), Dense(4), BatchNormalization(), Dropout(0.5)])
""",
]


@check("STY006", "dropout-before-normalization", Severity.INFO)
def dropout_before_normalization(program: Program) -> Iterator[Finding]:
    for call in program.layer_calls:
        previous = before(call)
        if (
            call.layer.class_name == "BatchNormalization"
            and previous is not None
            and previous.layer.class_name.endswith("Dropout")
        ):
            yield Finding(
                call.layer.place or call.place,
                f"The {previous.layer.class_name} on {line(previous.layer.place)} changes the variance in training only, so that what this "
                f"BatchNormalization learns doesn't fit afterwards. Put the normalisation first.",
            )
