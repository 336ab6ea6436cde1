"""TimeDistributed around a layer that works on each step by itself.

What it does: finds TimeDistributed around Dense, Activation and Dropout.

Why is this bad: these layers work on the last axis, on each step alike, with the same weights.
TimeDistributed(Dense(4)) has the same shape and the same 4 * features + 4 weights as Dense(4), and is a little
slower.

Example:

    model.add(TimeDistributed(Dense(4)))

Use instead:

    model.add(Dense(4))

References: https://keras.io/api/layers/recurrent_layers/time_distributed/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..walk import (
    inner,
)

BAD = [
    """
import keras
from keras.layers import Dense, LSTM, TimeDistributed
model = keras.Sequential([keras.Input((10, 3)), LSTM(8, return_sequences=True), TimeDistributed(Dense(4))])
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense, LSTM
model = keras.Sequential([keras.Input((10, 3)), LSTM(8, return_sequences=True), Dense(4)])
""",
]


@check("RNN019", "time-distributed-dense", Severity.INFO)
def time_distributed_dense(program: Program) -> Iterator[Finding]:
    for layer in program.layers:
        if layer.class_name != "TimeDistributed" or layer.place is None:
            continue
        wrapped = inner(layer)
        if wrapped.class_name in ("Dense", "Activation", "Dropout") and wrapped.user_class is None:
            yield Finding(
                layer.place,
                f"{wrapped.class_name} works on each step by itself already, so TimeDistributed changes nothing. "
                f"Write the {wrapped.class_name} alone.",
            )
