"""The loss expects probabilities and gets raw scores, or the other way round.

What it does: compares the last layer's activation with the crossentropy that the model is compiled with and its `from_logits`.

Why is this bad: it runs, but the loss is computed from the wrong numbers: raw scores are clipped to (0, 1), or probabilities
are squashed a second time, and learning is slow or stops.

Example:

    model.add(Dense(3))
    model.compile("adam", "sparse_categorical_crossentropy")

Use instead:

    model.add(Dense(3, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy")

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
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
model.compile("adam", "sparse_categorical_crossentropy")
""",
    """
import keras
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, activation="softmax")])
model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
""",
]
GOOD = [
    """
import keras
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
""",
    """
import keras
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
""",
    """
import keras
import numpy as np
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(np.zeros((6, 4)), np.array([0, 1, 2, 0, 1, 2]), verbose=0)
model.pop()
model.add(keras.layers.Dense(1))
model.compile("adam", "mse")
""",
    """
import keras
import numpy as np
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
model.fit(np.zeros((4, 4)), np.zeros(4), verbose=0)
model.add(keras.layers.Dense(2))
""",
    """
import keras
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
model.compile("adam", "sparse_categorical_crossentropy")
model.add(keras.layers.Softmax())
""",
]

WANTED = {
    "binary_crossentropy": "sigmoid",
    "categorical_crossentropy": "softmax",
    "sparse_categorical_crossentropy": "softmax",
}


@check("OUT002", "logits-mismatch", Severity.WARNING)
def logits_mismatch(program: Program) -> Iterator[Finding]:
    for compiled in program.compiles:
        layer, loss = last_layer(compiled), loss_of(compiled.loss)
        if layer is None or loss is None or loss[0] not in WANTED:
            continue
        (name, logits), shape = loss, activation(layer)
        place = compiled.arguments.place("loss") or compiled.place
        if logits is False and shape == "linear" and layer.class_name == "Dense":
            yield Finding(
                place,
                f"{name} expects probabilities, but the Dense on {line(layer.place)} has no activation and returns raw scores. "
                f'Add activation="{WANTED[name]}" there, or give the loss from_logits=True.',
            )
        elif logits and shape in ("softmax", "sigmoid"):
            yield Finding(
                place,
                f"from_logits=True makes {name} apply its own {WANTED[name]}, but the {layer.class_name} on {line(layer.place)} has applied "
                f"{shape} already. Drop one of the two.",
            )
