"""A method that was run before for targets of another width is traced for targets of any: a loss that compares sizes sees none, and broadcasts."""

from __future__ import annotations

import pytest

from lstmlint.runner import check_source
from tests import oracle

pytestmark = pytest.mark.keras

BEGINNING = """
import keras, numpy as np, tensorflow as tf
from keras.layers import *
X, y = np.zeros((20, 4)), np.zeros((20, 2))
def of(loss="categorical_crossentropy", units=2):
    made = keras.Sequential([keras.Input((4,)), Dense(units, activation="softmax")])
    made.compile("adam", loss)
    return made
def data(y):
    return tf.data.Dataset.from_tensor_slices((X, y)).batch(4)
class Batches(keras.utils.PyDataset):
    def __init__(self, y):
        super().__init__()
        self.y = y
    def __len__(self):
        return 5
    def __getitem__(self, index):
        return X[4 * index : 4 * index + 4], self.y[4 * index : 4 * index + 4]
m = of()
"""
USES = """
m.fit(X, y[:, :1], verbose=0)
m.fit(X, y, verbose=0); m.fit(X, y[:, :1], verbose=0)
m.fit(X, y, verbose=0); m.fit(X, y[:, 0], verbose=0)
m.fit(X, y, verbose=0); m.compile("sgd", "categorical_crossentropy"); m.fit(X, y[:, :1], verbose=0)
m.fit(X, y, verbose=0); m.evaluate(X, y[:, :1], verbose=0)
m.evaluate(X, y, verbose=0); m.evaluate(X, y[:, :1], verbose=0)
m.train_on_batch(X, y); m.train_on_batch(X, y[:, :1])
m.train_on_batch(X, y); m.fit(X, y[:, :1], verbose=0)
m.fit(X, y, verbose=0); m.train_on_batch(X, y[:, :1])
m.fit(data(y), verbose=0); m.fit(data(y[:, :1]), verbose=0)
m.fit(X, y, verbose=0); m.fit(data(y[:, :1]), verbose=0)
m.fit(Batches(y), verbose=0); m.fit(Batches(y[:, :1]), verbose=0)
m.fit(Batches(y[:, :1]), verbose=0)
m = of("binary_crossentropy"); m.fit(X, y, verbose=0); m.fit(X, y[:, :1], verbose=0)
m = of(units=3); m.fit(X, np.zeros((20, 3)), verbose=0); m.fit(X, y, verbose=0)
m = of("sparse_categorical_crossentropy"); m.fit(X, y[:, :1], verbose=0); m.fit(X, y, verbose=0)
m.fit(X, y, validation_data=(X, y[:, :1]), verbose=0)
m.fit(X, y, validation_data=(X, y), verbose=0); m.fit(X, y, validation_data=(X, y[:, :1]), verbose=0)
m.fit(X, y, validation_split=0.2, verbose=0); m.evaluate(X, y[:, :1], verbose=0)
m.evaluate(X, y, verbose=0); m.fit(X, y, validation_data=(X, y[:, :1]), verbose=0)
m.fit(X, y, validation_data=data(y), verbose=0); m.fit(X, y, validation_data=data(y[:, :1]), verbose=0)
m.fit(X, y, validation_data=data(y), verbose=0); m.fit(X, y, validation_data=(X, y[:, :1]), verbose=0)
""".strip().splitlines()


@pytest.mark.parametrize("line", USES)
def test_keras_agrees(line: str) -> None:
    theirs = oracle.ask(BEGINNING + line + "\n")
    found = check_source(BEGINNING + line + "\n")
    assert any(f.severity.value == "error" for f in found) == (theirs.raised is not None), (
        theirs.raised,
        theirs.message,
    )
    assert theirs.raised is not None or "OUT009" in [f.code for f in found if f.severity.value == "warning"]
