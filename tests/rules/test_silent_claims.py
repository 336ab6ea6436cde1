"""What rules say of silent behaviour is so: each program asserts the claim of a rule, and real Keras runs it."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.rule import find_rule

from .. import oracle

load_pack("lstmlint_rules")
HEAD = """
import numpy as np
import keras
from keras import layers, ops
from keras.layers import *
rng = np.random.default_rng(0)
"""

CLAIMS = {
    "units-are-timesteps": """
        for steps in (13, 100):
            model = keras.Sequential([keras.Input((steps, 5)), LSTM(10)])
            assert model.count_params() == 640
            assert model.output_shape == (None, 10)
    """,
    "string-for-flag": """
        assert LSTM(4, return_sequences="False")(keras.Input((5, 3))).shape == (None, 5, 4)
    """,
    "one-timestep": """
        x = rng.normal(size=(6, 1, 3)).astype("float32")
        layer = LSTM(4)
        before = layer(x)
        kernel, recurrent, bias = layer.get_weights()
        layer.set_weights([kernel, np.zeros_like(recurrent), bias])
        assert np.allclose(before, layer(x))
    """,
    "initial-state-count": """
        x, h, c = (rng.normal(size=s).astype("float32") for s in ((2, 5, 3), (2, 4), (2, 4)))
        layer = GRU(4)
        assert np.allclose(layer(x, initial_state=[h]), layer(x, initial_state=[h, c]))
    """,
    "mixed-states": """
        x, h, c = (rng.normal(size=s).astype("float32") for s in ((2, 5, 3), (2, 4), (2, 4)))
        layer = LSTM(4)
        assert not np.allclose(layer(x, initial_state=[h, c]), layer(x, initial_state=[c, h]))
    """,
    "decoder-returns-last-step": """
        d, h, c = keras.Input((None, 5)), keras.Input((8,)), keras.Input((8,))
        y, _, _ = LSTM(8, return_state=True)(d, initial_state=[h, c])
        assert Dense(5, activation="softmax")(y).shape == (None, 5)
    """,
    "recurrent-output-for-regression": """
        x = 100 * rng.normal(size=(50, 30, 1)).astype("float32")
        for layer in (LSTM(1), GRU(1), SimpleRNN(1)):
            assert np.max(np.abs(layer(x))) <= 1
    """,
    "decoder-without-sequences": """
        model = keras.Sequential([keras.Input((10, 1)), LSTM(8), RepeatVector(10), LSTM(8), Dense(1)])
        assert model.output_shape == (None, 1)
        model.compile("adam", "mse")
        model.fit(np.zeros((4, 10, 1)), np.zeros((4, 10, 1)), verbose=0)
    """,
    "time-distributed-dense": """
        x = keras.Input((10, 5))
        plain, wrapped = Dense(4), TimeDistributed(Dense(4))
        assert plain(x).shape == wrapped(x).shape
        assert plain.count_params() == wrapped.count_params() == 24
    """,
    "last-sample-for-last-step": """
        h = LSTM(8, return_sequences=True)(keras.Input((10, 3)))
        assert h[-1].shape == (10, 8)
    """,
    "bidirectional-last-step": """
        x = rng.normal(size=(2, 10, 3)).astype("float32")
        other = x.copy()
        other[:, :9] = 0
        layer = Bidirectional(LSTM(8, return_sequences=True))
        assert np.allclose(layer(x)[:, -1, 8:], layer(other)[:, -1, 8:])
        assert not np.allclose(layer(x)[:, 0, 8:], layer(other)[:, 0, 8:])
    """,
    "backwards-output-order": """
        x = rng.normal(size=(2, 10, 3)).astype("float32")
        other = x.copy()
        other[:, :9] = 0
        layer = LSTM(4, go_backwards=True, return_sequences=True)
        assert np.allclose(layer(x)[:, 0], layer(other)[:, 0])
    """,
    "stateful-shuffled": """
        import inspect
        assert inspect.signature(keras.Model.fit).parameters["shuffle"].default is True
    """,
    "stateful-never-reset": """
        x = rng.normal(size=(2, 10, 3)).astype("float32")
        layer = LSTM(4, stateful=True)
        first, second = np.array(layer(x)), np.array(layer(x))
        assert not np.allclose(first, second)
        layer.reset_states()
        assert np.allclose(first, layer(x))
    """,
    "sum-across-batch": """
        assert (keras.Input((10, 8)) + keras.Input((8,))).shape == (None, 10, 8)
        x, h = np.zeros((3, 3, 2), "float32"), np.arange(6, dtype="float32").reshape(3, 2)
        assert np.allclose(ops.add(x, h)[0], h)
    """,
    "attention-on-vectors": """
        x = rng.normal(size=(4, 8)).astype("float32")
        other = x.copy()
        other[2] += 5
        assert not np.allclose(Attention()([x, x])[0], Attention()([other, other])[0])
        try:
            MultiHeadAttention(2, 4)(x, x)
        except Exception:
            pass
        else:
            raise AssertionError("MultiHeadAttention takes vectors")
    """,
    "layer-in-call": """
        class Net(keras.Model):
            def call(self, x):
                return Dense(1)(x)
        net = Net()
        x = rng.normal(size=(2, 3)).astype("float32")
        assert not np.allclose(net(x), net(x))
        assert net.weights == []
    """,
    "layer-added-twice": """
        d = Dense(3)
        assert keras.Sequential([keras.Input((3,)), d, d]).count_params() == 12
    """,
    "frozen-after-fit": """
        X, y = np.ones((4, 3)), np.ones((4, 1))
        model = keras.Sequential([keras.Input((3,)), Dense(2), Dense(1)])
        model.compile("sgd", "mse")
        model.fit(X, y, verbose=0)
        model.layers[0].trainable = False
        before = model.layers[0].get_weights()[0].copy()
        model.fit(X, y, verbose=0)
        assert not np.allclose(before, model.layers[0].get_weights()[0])
    """,
    "ignored-input-shape": """
        model = keras.Sequential([keras.Input((10, 3)), LSTM(8, return_sequences=True), LSTM(4, input_shape=(10, 99))])
        assert model.output_shape == (None, 4)
    """,
    "reshape-scrambles": """
        x = np.arange(12).reshape(1, 4, 3)
        assert not np.array_equal(x.reshape(1, 3, 4), np.transpose(x, (0, 2, 1)))
        x = x.astype("float32")
        assert not np.array_equal(Reshape((3, 4))(x), Permute((2, 1))(x))
    """,
    "input-shape-in-wrapper": """
        assert not keras.Sequential([Bidirectional(LSTM(8, input_shape=(10, 3)))]).built
        assert keras.Sequential([Bidirectional(LSTM(8), input_shape=(10, 3))]).built
    """,
    "other-timesteps": """
        layers_ = [LSTM(4), Dense(1)]
        model = keras.Sequential([keras.Input((10, 3)), *layers_])
        model.compile("adam", "mse")
        model.fit(np.zeros((8, 12, 3)), np.zeros((8, 1)), verbose=0)
        x = keras.Input((10, 3))
        functional = keras.Model(x, layers_[1](layers_[0](x)))
        try:
            functional.predict(np.zeros((8, 12, 3)), verbose=0)
        except ValueError:
            pass
        else:
            raise AssertionError("a Functional model takes other timesteps")
    """,
    "input-not-first": """
        model = keras.Sequential([Dense(3), keras.Input((4,))])
        assert not model.built
        try:
            model(np.zeros((2, 4)))
        except ValueError:
            pass
        else:
            raise AssertionError("it runs")
    """,
    "batch-in-reshape": """
        assert Reshape((-1, 10, 3))(keras.Input((30,))).shape == (None, 1, 10, 3)
    """,
    "mask-destroyed": """
        h = Embedding(10, 4, mask_zero=True)(keras.Input((5,)))
        assert h._keras_mask is not None
        assert getattr(Conv1D(4, 3)(h), "_keras_mask", None) is None
    """,
    "vocabulary-off-by-one": """
        from tensorflow.keras.preprocessing.text import Tokenizer
        tokenizer = Tokenizer()
        tokenizer.fit_on_texts(["one two three"])
        assert sorted(tokenizer.word_index.values()) == [1, 2, 3]
        try:
            Embedding(3, 4)(np.array([3]))
        except Exception:
            pass
        else:
            raise AssertionError("the last id has a row")
    """,
    "embedding-of-floats": """
        layer = Embedding(10, 4)
        assert np.allclose(layer(np.array([[0.7, 1.9]])), layer(np.array([[0, 1]])))
    """,
    "labels-from-one": """
        assert keras.utils.to_categorical([1, 2, 3]).shape == (3, 4)
        try:
            keras.utils.to_categorical([1, 2, 3], num_classes=3)
        except IndexError:
            pass
        else:
            raise AssertionError("three classes are enough")
    """,
    "truncated-floats": """
        assert (keras.utils.pad_sequences([[0.5, 0.7]], maxlen=3) == 0).all()
    """,
    "misplaced-masking": """
        ids = keras.Input((5,))
        assert getattr(Embedding(10, 4)(Masking(0)(ids)), "_keras_mask", None) is None
        x = rng.normal(size=(2, 5, 3)).astype("float32")
        h = LSTM(4, return_sequences=True)(x)
        assert not (np.array(h) == 0).all(axis=-1).any()
    """,
    "mask-value": """
        x = np.full((1, 5, 2), np.nan, "float32")
        assert bool(np.all(Masking(np.nan).compute_mask(x)))
    """,
    "keras1-kernel-size": """
        assert Conv2D(32, 3, 3)(keras.Input((28, 28, 1))).shape == (None, 9, 9, 32)
    """,
    "optimizer-keyword": """
        model = keras.Sequential([keras.Input((3,)), Dense(1)])
        model.compile(keras.optimizers.SGD(learning_rate=0.5, decay=0.9), "mse")
        model.fit(np.zeros((8, 3)), np.zeros((8, 1)), epochs=3, verbose=0)
        assert float(model.optimizer.learning_rate) == 0.5
    """,
    "embedding-input-length": """
        assert not keras.Sequential([Embedding(10, 4, input_length=3), Flatten()]).built
    """,
    "private-keras": """
        from tensorflow.python.keras.layers import Dense as Old
        try:
            keras.Sequential([Old(3)])
        except ValueError:
            pass
        else:
            raise AssertionError("the two go together")
    """,
    "dropout-as-percentage": """
        assert LSTM(4, dropout=20).cell.dropout == 1.0
    """,
    "targets-not-shifted": """
        data = np.arange(10.0)
        for x, y in keras.utils.timeseries_dataset_from_array(data, data, 3, batch_size=1):
            assert float(x[0][0]) == float(y[0])
    """,
    "shape-comment": """
        x = keras.Input((10, 64))
        assert LSTM(32)(x).shape == (None, 32)
        assert LSTM(32, return_sequences=True)(x).shape == (None, 10, 32)
    """,
    "argmax-of-one-column": """
        model = keras.Sequential([keras.Input((4,)), Dense(1, activation="sigmoid")])
        p = model.predict(rng.normal(size=(50, 4)), verbose=0)
        assert set(np.argmax(p, axis=1)) == {0} and len(set((p > 0.5).astype(int).ravel())) > 1
    """,
    "accuracy-of-several-labels": """
        y = np.array([[1, 1, 0], [0, 1, 1], [1, 1, 1]], "float32")
        model = keras.Sequential([keras.Input((3,)), Dense(3, activation="sigmoid")])
        model.compile("adam", "binary_crossentropy", metrics=["accuracy", "binary_accuracy"])
        model.layers[0].set_weights([np.diag([8.0, 9.0, 10.0]), np.full(3, -4.0)])
        found = model.evaluate(y, y, verbose=0, return_dict=True)
        assert found["binary_accuracy"] == 1.0 and found["accuracy"] < 1.0, found
    """,
    "layer-behind-output": """
        model = keras.Sequential([keras.Input((4,)), Dense(3, activation="softmax"), Dropout(0.5)])
        p = np.array(model(rng.normal(size=(50, 4)), training=True))
        assert not np.allclose(p.sum(axis=-1), 1)
        model = keras.Sequential([keras.Input((4,)), Dense(3, activation="softmax"), BatchNormalization()])
        p = np.array(model(rng.normal(size=(50, 4)), training=True))
        assert not np.allclose(p.sum(axis=-1), 1)
    """,
    "bounded-output-for-regression": """
        x = 100 * rng.normal(size=(50, 1)).astype("float32")
        for name, (least, most) in {"relu": (0, np.inf), "softplus": (0, np.inf), "sigmoid": (0, 1), "tanh": (-1, 1)}.items():
            y = np.array(Dense(1, activation=name)(x))
            assert y.min() >= least and y.max() <= most
    """,
    "neurons-are-timesteps": """
        model = keras.Sequential([keras.Input((10, 64)), LSTM(32)])
        assert model.count_params() == 4 * (32 * (64 + 32) + 32)
    """,
}


@pytest.mark.parametrize("name", CLAIMS)
def test_the_claim_is_of_a_rule(name: str) -> None:
    assert find_rule(name) is not None


@pytest.mark.keras
@pytest.mark.parametrize("name", CLAIMS)
def test_keras_does_what_the_rule_says(name: str) -> None:
    import textwrap

    answer = oracle.ask(HEAD + textwrap.dedent(CLAIMS[name]))
    assert answer.raised is None, f"{answer.raised}: {answer.message}"
