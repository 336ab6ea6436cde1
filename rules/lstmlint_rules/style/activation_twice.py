"""One activation behind another.

What it does: finds an Activation layer behind a layer that has an activation already.

Why is this bad: the second one gets what the first has bent already: sigmoid after sigmoid lies between 0.5 and 0.73,
relu after relu does nothing.

Example:

    model.add(Dense(64, activation="relu"))
    model.add(Activation("relu"))

Use instead:

    model.add(Dense(64))
    model.add(Activation("relu"))

References: https://keras.io/api/layers/activations/
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
from keras.layers import Activation, Dense
model = keras.Sequential([keras.Input((8,)), Dense(64, activation="relu"), Activation("relu")])
""",
]
GOOD = [
    """
import keras
from keras.layers import Activation, Dense
model = keras.Sequential([keras.Input((8,)), Dense(64), Activation("relu")])
""",
]


@check("STY009", "activation-twice", Severity.INFO)
def activation_twice(program: Program) -> Iterator[Finding]:
    for call in program.layer_calls:
        previous = before(call)
        if call.layer.class_name not in ("Activation", "ReLU", "LeakyReLU") or previous is None:
            continue
        first = activation(previous.layer)
        if first is None or first in ("linear", "softmax"):
            continue
        yield Finding(
            call.layer.place or call.place,
            f"The {previous.layer.class_name} on {line(previous.layer.place)} ends in {first} already, and this {call.layer.class_name} is applied on top of it. "
            f"Keep one of the two.",
        )
