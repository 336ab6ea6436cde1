"""Models that define their `call` are judged on their data as others are, where it can be followed and gives tensors."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source
from tests import oracle

load_pack("lstmlint_rules")

HEAD = """
import keras
import numpy as np
import tensorflow as tf
from keras import layers
X, y, Y = np.zeros((16, 6, 3)), np.zeros(16), np.zeros((16, 1))
class Base(keras.Model):
    def __init__(self, out=1, act=None, **options):
        super().__init__()
        self.rnn = layers.LSTM(4, **options)
        self.out = layers.Dense(out, activation=act)
    def call(self, x, training=False):
        return self.out(self.rnn(x))
class Nested(Base):
    def call(self, inputs):
        return self.out(layers.concatenate([inputs["a"], inputs["b"]]))
class Several(Base):
    def call(self, x):
        state = self.rnn(x)
        return self.out(state), state
class Keyed(Base):
    def call(self, x):
        state = self.rnn(x)
        return {"b": state, "a": self.out(state)}
class Deep(Base):
    def call(self, x):
        state = self.rnn(x)
        return self.out(state), [state, state]
class Own(Base):
    def train_step(self, data):
        return {"loss": 0.0}
class Prepared(Base):
    def compile(self, **options):
        super().compile("adam", "mse")
class Fitting(Base):
    def fit(self, x, **options):
        return super().fit(x, np.zeros((len(x), 1)), **options)
def made(model, loss="mse"):
    model.compile(optimizer="adam", loss=loss)
    return model
"""
USES = {
    "made(Base()).fit(X, y, verbose=0)": None,
    "made(Base(3)).fit(X, y, verbose=0)": "OUT010",
    "made(Base(3)).fit(X, np.zeros((16, 2)), verbose=0)": "OUT010",
    "made(Base(3, 'softmax'), 'categorical_crossentropy').fit(X, y, verbose=0)": "OUT011",
    "made(Base(3, 'softmax'), 'sparse_categorical_crossentropy').fit(X, y, verbose=0)": None,
    "made(Base(1, 'sigmoid', return_sequences=True), 'binary_crossentropy').fit(X, Y, verbose=0)": "OUT007",
    "made(Base(3)).fit(tf.data.Dataset.from_tensor_slices((X, np.zeros((16, 2)))).batch(4), verbose=0)": "OUT010",
    "made(Base(3)).fit(X, np.zeros((16, 3)), validation_data=(X, np.zeros((16, 2))), verbose=0)": "OUT010",
    "made(Base(3)).predict(X[0], verbose=0)": "SHP001",
    "made(Base(2)).evaluate(X, np.zeros((16, 2)), verbose=0)": None,
    "made(Nested(2), 'binary_crossentropy').fit({'a': np.zeros((8, 2)), 'b': np.zeros((8, 3))}, np.zeros((8, 1)), verbose=0)": "OUT010",
    "made(Several()).fit(X, [Y, np.zeros((16, 4))], verbose=0)": None,
    "made(Several()).fit(X, Y, verbose=0)": "OUT019",
    "made(Several()).evaluate(X, Y, verbose=0)": "OUT019",
    "made(Several(), ['mse', 'mse']).fit(X, [Y, np.zeros((16, 3))], verbose=0)": "OUT010",
    "made(Several(), ['mse', None]).fit(X, Y, verbose=0)": None,
    "made(Several(), ['mse', 'mse']).fit(X, (Y, np.zeros((16, 4))), verbose=0)": None,
    "made(Several(), None).predict(X, verbose=0)": None,
    "made(Keyed()).fit(X, [Y, np.zeros((16, 4))], verbose=0)": None,
    "made(Keyed(), {'a': 'mse', 'b': 'mse'}).fit(X, {'a': Y, 'b': np.zeros((16, 4))}, verbose=0)": None,
    "made(Keyed(), {'a': 'mse', 'b': 'mse'}).fit(X, {'a': Y, 'b': np.zeros((16, 3))}, verbose=0)": "OUT010",
    "made(Keyed(), {'a': 'mse', 'c': 'mse'}).fit(X, {'a': Y, 'b': np.zeros((16, 4))}, verbose=0)": "OUT019",
    "made(Keyed(), {'a': 'mse'}).fit(X, {'a': Y}, verbose=0)": None,
    "made(Deep(), [None, None, None]).predict(X, verbose=0)": None,
    "made(Own(3), 'categorical_crossentropy').fit(X, y, verbose=0)": None,
    "m = made(Base()); m.fit(X, Y, verbose=0); m.predict(np.zeros((2, 6, 2)), verbose=0)": "SHP004",
    "m = made(Base()); m.fit(X, Y, verbose=0); m.predict(np.zeros((2, 9, 3)), verbose=0)": None,
    "made(Prepared()).fit(X, y, verbose=0)": None,
    "made(Fitting()).fit(X, verbose=0)": None,
    "made(Base(4, stateful=True)).fit(tf.data.Dataset.from_tensor_slices((X, X[:, 0, :1])).batch(4, drop_remainder=True), verbose=0)": None,
    "made(Base(4, stateful=True)).fit(tf.data.Dataset.from_tensor_slices((X, X[:, 0, :1])).batch(4), verbose=0)": "RNN005",
    "made(Base(4, stateful=True)).predict(X, batch_size=4, verbose=0)": None,
    "made(Base(4, stateful=True)).train_on_batch(X, np.zeros((16, 4)))": None,
    "Base().predict(X, verbose=0)": None,
}  # fmt: skip


@pytest.mark.keras
@pytest.mark.parametrize("use", USES)
def test_keras_agrees(use: str) -> None:
    errors = [f.code for f in check_source(HEAD + use + "\n") if f.severity.value == "error"]
    assert (oracle.ask(HEAD + use + "\n").raised is not None) == (USES[use] is not None)
    assert errors == ([] if USES[use] is None else [USES[use]])


@pytest.mark.keras
def test_one_that_is_never_compiled() -> None:
    program = HEAD.partition("class Nested")[0] + "Base().fit(X, y, verbose=0)\n"
    assert [f.code for f in check_source(program)] == ["API023"]
    assert oracle.ask(program).raised is not None
    own = program.replace(
        "    def call",
        "    def fit(self, *data, **options):\n        self.compile('sgd', 'mse')\n        super().fit(*data, **options)\n    def call",
    )
    assert check_source(own) == []
    assert oracle.ask(own).raised is None
