"""Images of 0 to 255 go into a model as they are.

What it does: finds `fit` on arrays of bytes of the data sets that come with Keras, with no Rescaling, normalisation
or division on the way.

Why is this bad: with inputs that large the first activations saturate, and training is slow or fails.

Example:

    (x_train, y_train), _ = keras.datasets.mnist.load_data()
    model.fit(x_train, y_train)

Use instead:

    (x_train, y_train), _ = keras.datasets.mnist.load_data()
    model.fit(x_train / 255.0, y_train)

References: https://keras.io/api/layers/preprocessing_layers/image_preprocessing/rescaling/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    Array,
    ModelObject,
)

BAD = [
    """
import keras
from keras.layers import Dense, Flatten

def train():
    (x_train, y_train), _ = keras.datasets.mnist.load_data()
    model = keras.Sequential([keras.Input((28, 28)), Flatten(), Dense(10, activation="softmax")])
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(x_train, y_train)
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense, Flatten

def train():
    (x_train, y_train), _ = keras.datasets.mnist.load_data()
    model = keras.Sequential([keras.Input((28, 28)), Flatten(), Dense(10, activation="softmax")])
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(x_train / 255.0, y_train)
""",
]


NORMALISE = (
    "Rescaling",
    "Normalization",
    "BatchNormalization",
    "LayerNormalization",
    "Lambda",
    "Embedding",
    "Resizing",
)


@check("DAT027", "unnormalised-images", Severity.INFO)
def unnormalised_images(program: Program) -> Iterator[Finding]:
    for use in program.uses:
        x = use.x
        if (
            use.method != "fit"
            or not isinstance(x, Array)
            or x.high is None
            or x.high < 200
            or x.low != 0
            or not use.layers
        ):
            continue
        if (x.shape.rank or 0) < 3 or use.layers[0].class_name in NORMALISE or isinstance(use.layers[0], ModelObject):
            continue
        if any(layer.user_class is not None for layer in use.layers):
            continue
        yield Finding(
            use.arguments.place("x") or use.place,
            f"These images have values from 0 to {x.high:g}. Divide them by {x.high:g}, or begin the model with Rescaling(1 / {x.high:g}).",
        )
