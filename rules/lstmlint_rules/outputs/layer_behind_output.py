"""Dropout or a normalisation behind the output's activation.

What it does: finds compiled models whose last layer is a Dropout, noise or a BatchNormalization behind a Dense that ends
in softmax or sigmoid.

Why is this bad: in training a part of the probabilities is set to 0 or moved, and the loss punishes the model for it;
what comes out is no probability any more.

Example:

    model.add(Dense(3, activation="softmax"))
    model.add(Dropout(0.5))

Use instead:

    model.add(Dropout(0.5))
    model.add(Dense(3, activation="softmax"))

References: https://keras.io/api/layers/regularization_layers/dropout/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..evidence import activation, before, last_layer, line

BAD = [
    """
import keras
from keras.layers import Dense, Dropout
model = keras.Sequential([keras.Input((4,)), Dense(3, activation="softmax"), Dropout(0.5)])
model.compile("adam", "categorical_crossentropy")
""",
    """
import keras
from keras.layers import BatchNormalization, Dense
x = keras.Input((4,))
y = BatchNormalization()(Dense(1, activation="sigmoid")(x))
model = keras.Model(x, y)
model.compile("adam", "binary_crossentropy")
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense, Dropout
model = keras.Sequential([keras.Input((4,)), Dropout(0.5), Dense(3, activation="softmax")])
model.compile("adam", "categorical_crossentropy")
features = keras.Sequential([keras.Input((4,)), Dense(3, activation="sigmoid"), Dropout(0.5)])
""",
]

RANDOM = ("Dropout", "SpatialDropout1D", "AlphaDropout", "GaussianDropout", "GaussianNoise")


@check("OUT026", "layer-behind-output", Severity.WARNING)
def layer_behind_output(program: Program) -> Iterator[Finding]:
    for compiled in program.compiles:
        last = last_layer(compiled)
        if last is None or last.class_name not in (*RANDOM, "BatchNormalization") or last.user_class is not None:
            continue
        previous = before(last.calls[-1]) if last.calls else None
        if previous is None or activation(previous.layer) not in ("softmax", "sigmoid"):
            continue
        what = (
            "changes its probabilities at random in training"
            if last.class_name in RANDOM
            else "moves and stretches its probabilities"
        )
        yield Finding(
            last.place or compiled.place,
            f"The {previous.layer.class_name} on {line(previous.layer.place)} ends in {activation(previous.layer)}, and this {last.class_name} behind "
            f"it {what}. Put it in front of the {previous.layer.class_name}.",
            key=last,
        )
