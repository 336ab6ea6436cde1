"""Two Dense layers with no activation between them.

What it does: finds a Dense without activation directly in front of another Dense.

Why is this bad: two linear maps, one after the other, are one linear map. The first layer adds weights, but nothing
that the second could not do alone.

Example:

    model.add(Dense(64))
    model.add(Dense(10))

Use instead:

    model.add(Dense(64, activation="relu"))
    model.add(Dense(10))

References: https://keras.io/api/layers/core_layers/dense/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..evidence import (
    activation,
    before,
    line,
)

BAD = [
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((8,)), Dense(64), Dense(10)])
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((8,)), Dense(64, activation="relu"), Dense(10)])
""",
]


@check("STY007", "linear-hidden-layer", Severity.INFO)
def linear_hidden_layer(program: Program) -> Iterator[Finding]:
    for call in program.layer_calls:
        previous = before(call)
        while previous is not None and previous.layer.class_name in ("Dropout", "Flatten"):
            previous = before(previous)
        if call.layer.class_name != "Dense" or call.layer.user_class is not None or previous is None:
            continue
        if previous.layer.class_name == "Dense" and activation(previous.layer) == "linear":
            yield Finding(
                previous.layer.place or previous.place,
                f"This Dense has no activation, so that together with the Dense on {line(call.layer.place)} it is a single linear map. "
                f'Give it one, such as activation="relu".',
            )
