"""Names that TensorFlow can't take for a scope of its graph, which fit, evaluate, predict and a traced `call` make, against Keras."""

from __future__ import annotations

import pytest

from lstmlint.runner import check_source
from tests import oracle

pytestmark = pytest.mark.keras

BEGINNING = """
import keras, numpy as np
from keras.layers import *
X, y = np.zeros((4, 4)), np.zeros((4, 1))
def plain(layer="first", model=None, optimizer="adam", loss="mse", **settings):
    made = keras.Sequential([keras.Input((4,)), Dense(3, name=layer), Dense(1, name="last")], name=model)
    made.compile(optimizer, loss, **settings)
    return made
class Around(Layer):
    def __init__(self, inner="an inner one", **settings):
        super().__init__(**settings)
        self.inner = Dense(1, name=inner)
    def call(self, x):
        return self.inner(x)
class Stated(Around):
    def compute_output_shape(self, shape):
        return (*shape[:-1], 1)
class Own(keras.Model):
    def train_step(self, data):
        return {"loss": 1.0}
class Net(keras.Model):
    def __init__(self, inner="inner", **settings):
        super().__init__(**settings)
        self.inner = Dense(1, name=inner)
    def call(self, x):
        return self.inner(x)
def compiled(model, **settings):
    model.compile("adam", "mse", **settings)
    return model
class Cell(Layer):
    def __init__(self, **settings):
        super().__init__(**settings)
        self.state_size = 3
    def call(self, x, states):
        return states[0] + 1, [states[0]]
def of_steps(layer, **settings):
    return keras.Sequential([keras.Input((4, 2)), layer], **settings).predict(np.zeros((2, 4, 2)), verbose=0)
i = keras.Input((4,), name="an input")
"""
USES = """
plain("a b")(X)
plain("a b").summary()
plain("a b").predict(X, verbose=0)
plain("a b").fit(X, y, verbose=0)
plain("a b").evaluate(X, y, verbose=0)
plain("a b").train_on_batch(X, y)
plain("a b").test_on_batch(X, y)
plain("a b").predict_on_batch(X)
plain("a b", run_eagerly=True).fit(X, y, verbose=0)
plain("a b").fit(X, y, verbose=0, epochs=0)
plain("a b", jit_compile=True).predict(X, verbose=0)
plain("a b", steps_per_execution=2).fit(X, y, verbose=0)
plain("_a").fit(X, y, verbose=0)
plain("-a.b").fit(X, y, verbose=0)
plain("a+b").fit(X, y, verbose=0)
plain("a:0").fit(X, y, verbose=0)
plain("a(b)").fit(X, y, verbose=0)
plain("größe").fit(X, y, verbose=0)
plain(model="a b").fit(X, y, verbose=0)
plain(model="a b").predict(X, verbose=0)
plain(model="_a").fit(X, y, verbose=0)
plain(model="a-b.c_d").fit(X, y, verbose=0)
plain(model="2a").fit(X, y, verbose=0)
plain(optimizer=keras.optimizers.Adam(name="my adam")).fit(X, y, verbose=0)
plain(optimizer=keras.optimizers.Adam(name="my adam")).evaluate(X, y, verbose=0)
plain(loss=keras.losses.MeanSquaredError(name="my loss")).evaluate(X, y, verbose=0)
plain(loss=keras.losses.MeanSquaredError(name="my loss")).predict(X, verbose=0)
plain(loss=keras.losses.MeanSquaredError(name="_loss")).fit(X, y, verbose=0)
plain(metrics=[keras.metrics.MeanSquaredError(name="my metric")]).fit(X, y, verbose=0)
compiled(keras.Model(i, Dense(1)(i))).fit(X, y, verbose=0)
keras.Model(i, Add(name="a b")([i, i])).predict(X, verbose=0)
keras.Model(i, [Dense(1, name="out 1")(i), Dense(1)(i)]).predict(X, verbose=0)
keras.Sequential([i, keras.Sequential([Dense(3)], name="a b")]).predict(X, verbose=0)
keras.Sequential([i, keras.Sequential([Dense(3, name="a b")])]).predict(X, verbose=0)
keras.Sequential([keras.Input((4, 2)), TimeDistributed(Dense(1, name="a b"))]).predict(np.zeros((2, 4, 2)), verbose=0)
compiled(keras.Sequential([Dense(1, name="a b")])).fit(X, y, verbose=0)
compiled(keras.Sequential([Dense(1, name="a b")]), run_eagerly=True).fit(X, y, verbose=0)
of_steps(RNN(LSTMCell(3, name="a b")))
of_steps(RNN(LSTMCell(3, name="a_b")))
of_steps(RNN([LSTMCell(3), GRUCell(3, name="a b")]))
of_steps(RNN(StackedRNNCells([GRUCell(3, name="a b")])))
of_steps(RNN(StackedRNNCells([GRUCell(3)], name="a b")))
of_steps(RNN(Cell(name="a b")))
of_steps(RNN(Cell(name="a-b")))
of_steps(Bidirectional(LSTM(3, name="a b")))
of_steps(Bidirectional(LSTM(3, name="_a")))
of_steps(Bidirectional(LSTM(3), name="a b"))
of_steps(Bidirectional(RNN(LSTMCell(3, name="a b"))))
of_steps(Bidirectional(LSTM(3), backward_layer=LSTM(3, go_backwards=True, name="a b")))
of_steps(SpectralNormalization(Dense(3, name="a b")))
of_steps(Pipeline([Dense(3, name="a b")]))
Around()(X)
Around()(i)
Around("inner")(i)
Stated()(i)
Around("inner", name="a b")(i)
keras.Sequential([i, Around("inner", name="a b")]).predict(X, verbose=0)
keras.Sequential([i, Around()])
compiled(Own(i, Dense(1, name="a b")(i), name="c d")).fit(X, y, verbose=0)
compiled(Net(name="a b")).fit(X, y, verbose=0)
compiled(Net()).fit(X, y, verbose=0)
""".strip().splitlines()


@pytest.mark.parametrize("line", USES)
def test_where_it_raises(line: str) -> None:
    theirs = oracle.ask(BEGINNING + line + "\n")
    errors = [f.message for f in check_source(BEGINNING + line + "\n") if f.severity.value == "error"]
    assert bool(errors) == (theirs.raised is not None), (theirs.raised, theirs.message, errors)


@pytest.mark.parametrize(
    "before",
    [
        "import tensorflow as tf\ntf.config.run_functions_eagerly(True)\n",
        "import os\nos.environ['KERAS_BACKEND'] = 'jax'\n",
    ],
)
def test_not_without_a_graph_of_tensorflows(before: str) -> None:
    assert not [f for f in check_source(before + BEGINNING + "plain('a b').fit(X, y)\n") if f.severity.value == "error"]


def test_one_name_is_told_once() -> None:
    found = check_source(BEGINNING + "m = plain('a b')\nm.fit(X, y)\nm.predict(X)\n")
    assert len([f for f in found if f.severity.value == "error"]) == 1
