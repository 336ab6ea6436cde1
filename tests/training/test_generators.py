"""What Keras 3 takes for data that come one batch after the other, and what goes beside them."""

from __future__ import annotations

import pytest

from lstmlint.runner import check_source
from tests import oracle

pytestmark = pytest.mark.keras

BEGINNING = """
import keras, numpy as np, tensorflow as tf
from keras.layers import *
X, y, by_class = np.zeros((8, 4)), np.zeros((8, 1)), {0: 1.0, 1: 5.0}
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("sgd", "mse")
def batches():
    while True:
        yield X, y
def pairs(one, other):
    for pair in zip(one, other):
        yield pair
class Batches(keras.utils.PyDataset):
    def __len__(self):
        return 2
    def __getitem__(self, index):
        return X, y
images = tf.keras.preprocessing.image.ImageDataGenerator().flow(np.zeros((8, 6, 6, 3)), np.zeros((8, 1)), batch_size=4)
pixels = keras.Sequential([keras.Input((6, 6, 3)), Flatten(), Dense(1)])
pixels.compile("sgd", "mse")
maps = keras.Sequential([keras.Input((6, 6, 3)), Dense(3)])
maps.compile("sgd", "mse")
only = tf.keras.preprocessing.image.ImageDataGenerator().flow(np.zeros((8, 6, 6, 3)), batch_size=4)
"""
USES = """
model.fit(batches(), steps_per_epoch=2, verbose=0, class_weight=by_class)
model.fit(batches(), steps_per_epoch=2, verbose=0, class_weight=None)
model.fit(batches(), steps_per_epoch=2, verbose=0, class_weight={})
model.fit(((X, y) for _ in range(2)), verbose=0, class_weight=by_class)
model.fit(Batches(), verbose=0, class_weight=by_class)
model.fit(tf.data.Dataset.from_tensor_slices((X, y)).batch(2), verbose=0, class_weight=by_class)
model.fit(X, y, verbose=0, class_weight=by_class)
pixels.fit(images, verbose=0, class_weight=by_class)
model.fit(zip([X], [y]), verbose=0)
model.fit(zip([X], [y]), verbose=0, class_weight=by_class)
model.predict(zip([X]), verbose=0)
model.evaluate(zip([X], [y]), verbose=0)
model.fit(pairs([X], [y]), verbose=0)
model.fit((pair for pair in zip([X], [y])), verbose=0)
model.train_on_batch(*next(zip([X], [y])))
maps.fit(zip(only, only), steps_per_epoch=2, verbose=0)
maps.fit(pairs(only, only), steps_per_epoch=2, verbose=0)
""".strip().splitlines()


@pytest.mark.parametrize("line", USES)
def test_keras_agrees(line: str) -> None:
    theirs = oracle.ask(BEGINNING + line + "\n")
    errors = [f.message for f in check_source(BEGINNING + line + "\n") if f.severity.value == "error"]
    assert bool(errors) == (theirs.raised is not None), (theirs.raised, theirs.message, errors)


def test_keras_2_takes_both() -> None:
    program = f"import os\nos.environ['TF_USE_LEGACY_KERAS'] = '1'\n{BEGINNING.replace('import keras', 'import tf_keras as keras')}"
    for line in (USES[0], USES[8]):
        assert [f.message for f in check_source(program + line + "\n") if f.severity.value == "error"] == []
