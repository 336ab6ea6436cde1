"""One-hot rows, of however many classes, where the loss or the output has a single number for each sample.

What it does: finds targets made by `to_categorical`, `OneHotEncoder` or `get_dummies`, whose number of classes is not known,
with sparse_categorical_crossentropy, or with a last layer of one unit.

Why is this bad: Keras raises as soon as there are two classes: "logits and labels must have the same shape". sparse_categorical_crossentropy
wants one integer for each sample, and one sigmoid unit wants 0 or 1.

Example:

    y = to_categorical(labels)
    model.add(Dense(1, activation="sigmoid"))

Use instead:

    y = labels
    model.add(Dense(1, activation="sigmoid"))

References: https://keras.io/api/losses/probabilistic_losses/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program, Use
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import Array

from ..evidence import last_layer, line, loss_of, width
from ..training import named, origin

_HEAD = """
import keras
import numpy as np
from keras.layers import Dense
labels = np.random.randint(0, 2, 64)
y = keras.utils.to_categorical(labels)
"""
BAD = [
    _HEAD
    + """
model = keras.Sequential([keras.Input((4,)), Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
try:
    model.fit(np.zeros((64, 4)), y, verbose=0)
except ValueError:
    pass
""",
    _HEAD
    + """
model = keras.Sequential([keras.Input((4,)), Dense(y.shape[1], activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
try:
    model.fit(np.zeros((64, 4)), y, verbose=0)
except ValueError:
    pass
""",
]
GOOD = [
    _HEAD
    + """
model = keras.Sequential([keras.Input((4,)), Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
model.fit(np.zeros((64, 4)), labels, verbose=0)
""",
    _HEAD
    + """
model = keras.Sequential([keras.Input((4,)), Dense(y.shape[1], activation="softmax")])
model.compile("adam", "categorical_crossentropy")
model.fit(np.zeros((64, 4)), y, verbose=0)
""",
]


@check("OUT035", "one-hot-against-loss", Severity.WARNING)
def one_hot_against_loss(program: Program) -> Iterator[Finding]:
    for use in program.uses:
        found = _told(use)
        if found is not None:
            yield Finding(use.place, found, related=origin(use.y), key=use.place.node)


def _told(use: Use) -> str | None:
    """What is wrong with one-hot targets whose columns nobody has counted; None where nothing is known to be."""
    y = use.y
    if use.compile is None or use.method not in ("fit", "evaluate") or not isinstance(y, Array) or not y.one_hot:
        return None
    if y.shape.rank != 2 or y.shape[1].known is not None:  # where they are counted, Keras's refusal is found
        return None
    layer, loss = last_layer(use), loss_of(use.compile.loss)
    if layer is None or loss is None:
        return None
    rows = f"{named(y, 'The targets')} {'is' if y.name else 'are'} one-hot rows, {y.shape}, one column for each class"
    if loss[0] == "sparse_categorical_crossentropy":
        return (
            f"{rows}, and sparse_categorical_crossentropy wants one integer for each sample: Keras raises. Use categorical_crossentropy, or give the "
            "integers as they were."
        )
    if width(layer) == 1:
        return (
            f"{rows}, but the {layer.class_name} on {line(layer.place)} returns one number: with two classes and more Keras raises. For two classes give "
            "the labels 0 and 1 as they were; for more give the layer a unit for each, with softmax and categorical_crossentropy."
        )
    return None
