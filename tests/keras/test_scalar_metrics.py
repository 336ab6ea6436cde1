"""A metric's function that gives one number: what Keras does with it where outputs carry a mask or weights are given."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import Options, check_source
from tests import oracle

load_pack("lstmlint_rules")

PROGRAM = """
import keras
import numpy as np
import tensorflow as tf
from keras import ops
from keras.layers import *
def one(y, p): return ops.mean(ops.abs(ops.cast(y, "float32") - p))
def one_of_tf(y, p):
    hit = tf.cast(tf.equal(tf.cast(y, tf.float32), tf.round(p)), tf.float32)
    return tf.reduce_sum(hit) / tf.reduce_sum(tf.ones_like(hit))
def number(y, p): return 1.0
def each(y, p): return ops.mean(ops.abs(ops.cast(y, "float32") - p), axis=-1)
def all_of_them(y, p): return ops.abs(ops.cast(y, "float32") - p)
def kept(y, p): return ops.mean(ops.abs(ops.cast(y, "float32") - p), keepdims=True)
class Plain(Layer):
    def call(self, x): return x * 2.0
class Masked(Layer):
    def __init__(self):
        super().__init__()
        self.supports_masking = True
    def call(self, x): return x * 2.0
model = keras.Sequential([keras.Input((6,)), {layers}])
model.compile("adam", {loss}, {given})
X = np.ones((4, 6))
{use}
"""
FIT = "model.fit(X, np.zeros((4, 6, 2)), verbose=0)"
MASKED = "Embedding(9, 4, mask_zero=True), LSTM(5, return_sequences=True), Dense(2)"
LAYERS = (
    MASKED,
    "Embedding(9, 4), LSTM(5, return_sequences=True), Dense(2)",
    "Embedding(9, 4, mask_zero=True), Dropout(0.1), TimeDistributed(Dense(2)), Activation('sigmoid')",
    "Embedding(9, 4, mask_zero=True), Conv1D(2, 1)",
    "Embedding(9, 2, mask_zero=True), Plain()",
    "Embedding(9, 2, mask_zero=True), Masked()",
    "Embedding(9, 4, mask_zero=True), Bidirectional(LSTM(1, return_sequences=True)), LayerNormalization()",
    "keras.Sequential([keras.Input((6,)), Embedding(9, 2, mask_zero=True)]), keras.Sequential([keras.Input((6, 2)), Dense(2)])",
    "Embedding(9, 2, mask_zero=True), Lambda(lambda x: x * 2.0)",
    "Embedding(9, 4, mask_zero=True), LSTM(4), RepeatVector(6), LSTM(2, return_sequences=True)",
)


def agree(**parts: str) -> None:
    program = PROGRAM.format(**{"layers": MASKED, "loss": "'mse'", "use": FIT, **parts})
    errors = [f.code for f in check_source(program) if f.severity.value == "error"]
    assert errors == (["OUT031"] if oracle.ask(program).raised else []), program


@pytest.mark.keras
@pytest.mark.parametrize("layers", LAYERS)
def test_behind_these_layers(layers: str) -> None:
    agree(layers=layers, given="metrics=[one]")


@pytest.mark.keras
@pytest.mark.parametrize(
    "metric",
    [
        "one",
        "one_of_tf",
        "number",
        "each",
        "all_of_them",
        "lambda y, p: ops.max(p)",
        "keras.losses.dice",
        "keras.losses.tversky",
        "'mae'",
    ],
)
def test_these_metrics(metric: str) -> None:
    agree(given=f"metrics=['mae', {metric}]")
    agree(given=f"weighted_metrics=[{metric}]")


@pytest.mark.keras
@pytest.mark.parametrize(
    "use",
    [
        "model.evaluate(X, np.zeros((4, 6, 2)), verbose=0)",
        "model.train_on_batch(X, np.zeros((4, 6, 2)))",
        "model.predict(X, verbose=0)",
        "model.fit(tf.data.Dataset.from_tensor_slices((X, np.zeros((4, 6, 2)))).batch(2), verbose=0)",
        "model.fit(X, np.zeros((4, 6, 2)), sample_weight=np.ones((4, 6)), verbose=0)",
    ],
)
def test_these_uses(use: str) -> None:
    agree(given="metrics=[one]", use=use)
    agree(given="weighted_metrics=[one]", use=use, layers=LAYERS[1])


@pytest.mark.keras
def test_a_loss_may_be_one_number() -> None:
    agree(loss="one", given="metrics=[each]")
    agree(given="metrics=[one], run_eagerly=True")


@pytest.mark.keras
def test_one_number_in_an_axis_is_not_claimed() -> None:
    program = PROGRAM.format(layers=MASKED, loss="'mse'", given="metrics=[kept]", use=FIT)
    assert not check_source(program)


def test_nothing_is_said_for_keras_2() -> None:
    program = PROGRAM.format(layers=MASKED, loss="'mse'", given="metrics=[one]", use=FIT)
    assert "OUT031" not in [f.code for f in check_source(program, options=Options(keras_major=2))]
