"""Binary crossentropy on a softmax over several classes.

What it does: finds models that end in softmax with more than two units and are compiled with binary_crossentropy.

Why is this bad: softmax gives one distribution over all classes, while binary_crossentropy scores each unit as a question
of its own. It runs, and optimises the wrong thing.

Example:

    model.add(Dense(10, activation="softmax"))
    model.compile("adam", "binary_crossentropy")

Use instead:

    model.add(Dense(10, activation="softmax"))
    model.compile("adam", "categorical_crossentropy")

References: https://keras.io/api/losses/probabilistic_losses/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..evidence import activation, last_layer, line, loss_of, width

BAD = [
    """
import keras
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(10, activation="softmax")])
model.compile("adam", "binary_crossentropy")
""",
]
GOOD = [
    """
import keras
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(10, activation="softmax")])
model.compile("adam", "categorical_crossentropy")
""",
    """
import keras
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(10, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
""",
]


@check("OUT003", "binary-loss-on-softmax", Severity.WARNING)
def binary_loss_on_softmax(program: Program) -> Iterator[Finding]:
    for compiled in program.compiles:
        layer, loss = last_layer(compiled), loss_of(compiled.loss)
        if layer is None or loss is None or loss[0] != "binary_crossentropy" or activation(layer) != "softmax":
            continue
        units = width(layer)
        if units is not None and units > 2:
            yield Finding(
                compiled.arguments.place("loss") or compiled.place,
                f"The {layer.class_name} on {line(layer.place)} returns one distribution over {units} classes, but binary_crossentropy scores "
                f"each of them alone. Use categorical_crossentropy, or sparse_categorical_crossentropy for integer labels.",
            )
