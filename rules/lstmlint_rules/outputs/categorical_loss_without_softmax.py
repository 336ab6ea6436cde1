"""Categorical crossentropy on an output that is no distribution.

What it does: finds models that end in sigmoid or relu and are compiled with (sparse) categorical crossentropy.

Why is this bad: the loss takes the outputs for a distribution over classes. It rescales them without a word, and the model
learns something else than it says.

Example:

    model.add(Dense(3, activation="sigmoid"))
    model.compile("adam", "categorical_crossentropy")

Use instead:

    model.add(Dense(3, activation="softmax"))
    model.compile("adam", "categorical_crossentropy")

References: https://keras.io/api/losses/probabilistic_losses/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..evidence import activation, last_layer, line, loss_of

BAD = [
    """
import keras
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, activation="sigmoid")])
model.compile("adam", "categorical_crossentropy")
""",
]
GOOD = [
    """
import keras
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, activation="softmax")])
model.compile("adam", "categorical_crossentropy")
""",
]


@check("OUT004", "categorical-loss-without-softmax", Severity.WARNING)
def categorical_loss_without_softmax(program: Program) -> Iterator[Finding]:
    for compiled in program.compiles:
        layer, loss = last_layer(compiled), loss_of(compiled.loss)
        if layer is None or loss is None or loss[1] is not False:
            continue
        shape = activation(layer)
        if loss[0] in ("categorical_crossentropy", "sparse_categorical_crossentropy") and shape in (
            "sigmoid",
            "relu",
            "tanh",
        ):
            yield Finding(
                compiled.arguments.place("loss") or compiled.place,
                f"{loss[0]} expects a distribution over classes, but the {layer.class_name} on {line(layer.place)} ends in {shape}. "
                f"Use softmax for one class per sample, or sigmoid with binary_crossentropy for several.",
            )
