"""A Sequential that is never told the shape of its input.

What it does: finds Sequential models without an Input and without `input_shape`.

Why is this bad: it stays unbuilt until data come: its summary shows question marks, `count_params` and `output`
raise, and every wrong shape shows only in training.

Example:

    model = Sequential([LSTM(8), Dense(1)])

Use instead:

    model = Sequential([Input((timesteps, features)), LSTM(8), Dense(1)])

References: https://keras.io/guides/sequential_model/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    ModelObject,
)

BAD = [
    """
import keras
from keras.layers import Dense, LSTM
model = keras.Sequential([LSTM(8), Dense(1)])
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense, LSTM
model = keras.Sequential([keras.Input((10, 3)), LSTM(8), Dense(1)])
""",
]


@check("SHP016", "no-input-shape", Severity.INFO)
def no_input_shape(program: Program) -> Iterator[Finding]:
    for site in program.models:
        model = site.model
        if model.kind != "Sequential" or model.user_class is not None or not model.layers or model.incomplete:
            continue
        if model.state.get("input_layer") is None and not isinstance(model.layers[0], ModelObject) and not model.calls:
            yield Finding(
                site.place,
                "This model doesn't know the shape of its input, so that it is built, and its layers are checked, only when data come. "
                "Put an Input in front.",
            )
