"""Softmax in a hidden layer.

What it does: finds a Dense that ends in softmax directly in front of another Dense.

Why is this bad: the units of such a layer share one 1 between them, so that little gets through; hidden layers work
better with relu.

Example:

    model.add(Dense(64, activation="softmax"))
    model.add(Dense(10, activation="softmax"))

Use instead:

    model.add(Dense(64, activation="relu"))
    model.add(Dense(10, activation="softmax"))

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
from keras.layers import Dense
model = keras.Sequential([keras.Input((4,)), Dense(64, activation="softmax"), Dense(10, activation="softmax")])
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((4,)), Dense(64, activation="relu"), Dense(10, activation="softmax")])
""",
]


@check("STY010", "softmax-in-hidden-layer", Severity.INFO)
def softmax_in_hidden_layer(program: Program) -> Iterator[Finding]:
    for call in program.layer_calls:
        previous = before(call)
        if call.layer.class_name != "Dense" or previous is None or previous.layer.class_name != "Dense":
            continue
        layer = previous.layer
        if layer.arguments is None or activation(layer) != "softmax" or call.refused is not None:
            continue
        yield Finding(
            layer.arguments.place("activation") or layer.place or previous.place,
            f"Softmax shares one 1 between the units of this hidden Dense, and the Dense on {line(call.layer.place)} reads what is left of each. "
            'Write activation="relu".',
            key=layer,
        )
