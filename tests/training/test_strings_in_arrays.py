"""Strings as a model's input: NumPy's own are refused by Keras's adapter, objects and tensors are taken."""

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
from sklearn.model_selection import train_test_split
from keras.layers import *
t = ["the cat sat", "the dog ate", "a bird", "a fish"]
y = np.zeros((4, 1))
words = TextVectorization(max_tokens=20, output_sequence_length=5)
words.adapt(tf.constant(t))
model = keras.Sequential([words, Embedding(20, 4), LSTM(3), Dense(1)])
model.compile("sgd", "mse")
"""
TEXTS = (
    "np.array(t)", "np.array(t).reshape(-1, 1)", "np.array([[s] for s in t])", "np.array([s.upper() for s in t])", "np.array(t, dtype=str)",
    "np.concatenate([np.array(t[:2]), np.array(t[2:])])", "np.expand_dims(np.array(t), -1)", "np.array([s.encode() for s in t])",
    "np.array(t, dtype=object)", "np.array(t).astype(object)", "tf.constant(t)", "tf.constant(np.array(t))",
    "np.asarray(t, 'O')",
)  # fmt: skip
CALLS = (
    "model.fit({}, y, verbose=0)",
    "model.evaluate({}, y, verbose=0)",
    "model.predict({}, verbose=0)",
    "model.fit(tf.constant(t), y, validation_data=({}, y), verbose=0)",
    "model.train_on_batch({}, y)",
    "model({})",
)


@pytest.mark.keras
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("texts", TEXTS)
def test_keras_agrees(texts: str, call: str) -> None:
    program = HEAD + call.format(texts) + "\n"
    errors = [f.code for f in check_source(program) if f.severity.value == "error"]
    assert errors == (["DAT029"] if oracle.ask(program).raised else [])


@pytest.mark.keras
def test_a_part_of_split_strings_is_strings() -> None:
    program = HEAD + "train, test = train_test_split(np.array(t), test_size=0.5)\nmodel.predict(test, verbose=0)\n"
    assert oracle.ask(program).raised is not None
    assert [f.code for f in check_source(program)] == ["DAT029"]


OBJECTS = (
    "np.array([[1, 2], [1, 2, 3]], dtype=object)", "np.array([[1, 2], [3, 4]], dtype=object)", "np.array([[1, 2], [3, 4]], dtype=object).astype('int32')",
    "np.array(t, dtype=object)",
)  # fmt: skip
MODELS = (
    "[Dense(3), Dense(1)]",
    "[Embedding(10, 4), LSTM(1)]",
    "[words, Embedding(20, 4), LSTM(1)]",
    "[keras.Input((2,)), Dense(1)]",
)


@pytest.mark.keras
@pytest.mark.parametrize("made", MODELS)
@pytest.mark.parametrize("objects", OBJECTS)
def test_objects_for_numbers(objects: str, made: str) -> None:
    program = (
        HEAD
        + f"own = keras.Sequential({made})\nown.compile('sgd', 'mse')\nown.fit({objects}, np.zeros(len({objects})), verbose=0)\n"
    )
    errors = [f.code for f in check_source(program) if f.severity.value == "error"]
    raised = oracle.ask(program).raised
    if "words" not in made:  # whether what TextVectorization gets is text isn't known
        assert bool(errors) == (raised is not None), raised
    assert raised is not None or errors == []
