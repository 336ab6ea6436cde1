"""Softmax is applied to the output of softmax.

What it does: finds a softmax layer or activation directly after another one.

Why is this bad: the second softmax flattens the distribution: no class can get more than e times the probability of another.

Example:

    model.add(Dense(3, activation="softmax"))
    model.add(Activation("softmax"))

Use instead:

    model.add(Dense(3, activation="softmax"))

References: https://keras.io/api/layers/activations/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..evidence import activation, before, line

BAD = [
    """
import keras
from keras.layers import Activation, Dense
model = keras.Sequential([keras.Input((4,)), Dense(3, activation="softmax"), Activation("softmax")])
""",
]
GOOD = [
    """
import keras
from keras.layers import Activation, Dense
model = keras.Sequential([keras.Input((4,)), Dense(3), Activation("softmax")])
""",
]


@check("OUT006", "softmax-twice", Severity.WARNING)
def softmax_twice(program: Program) -> Iterator[Finding]:
    for call in program.layer_calls:
        previous = before(call)
        if (
            previous is None
            or call.layer.class_name not in ("Activation", "Softmax")
            or activation(call.layer) != "softmax"
        ):
            continue
        if activation(previous.layer) == "softmax":
            yield Finding(
                call.layer.place or call.place,
                f"The {previous.layer.class_name} on {line(previous.layer.place)} returns a softmax already, and this second one flattens it: "
                f"no class can come out more than 2.72 times as likely as another. Drop one of the two.",
            )
