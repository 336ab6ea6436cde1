"""Flatten on what is flat already.

What it does: finds Flatten behind a recurrent layer that returns only its last step.

Why is this bad: it does nothing, (batch, units) stays (batch, units). Often its author believed that the layer before
returns a sequence.

Example:

    model = Sequential([Input((10, 3)), LSTM(8), Flatten(), Dense(1)])

Use instead:

    model = Sequential([Input((10, 3)), LSTM(8), Dense(1)])

References: https://keras.io/api/layers/reshaping_layers/flatten/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..evidence import (
    before,
    line,
)
from ..walk import (
    recurrent,
)

BAD = [
    """
import keras
from keras.layers import Dense, Flatten, LSTM
model = keras.Sequential([keras.Input((10, 3)), LSTM(8), Flatten(), Dense(1)])
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense, Flatten, LSTM
model = keras.Sequential([keras.Input((10, 3)), LSTM(8, return_sequences=True), Flatten(), Dense(1)])
""",
]


@check("SHP026", "flatten-vector", Severity.INFO)
def flatten_vector(program: Program) -> Iterator[Finding]:
    for call in program.layer_calls:
        previous = before(call)
        if call.layer.class_name != "Flatten" or call.input_shape.rank != 2 or previous is None:
            continue
        if recurrent(previous.layer) is not None:
            yield Finding(
                call.layer.place or call.place,
                f"The {previous.layer.class_name} on {line(previous.layer.place)} returns only its last step, {call.input_shape}, so that Flatten has "
                f"nothing to do. Leave it out, or add return_sequences=True if you want every step.",
            )
