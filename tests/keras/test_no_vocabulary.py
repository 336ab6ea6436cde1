"""Layers that look words up, in models that are run: without `adapt` or a vocabulary TensorFlow's table isn't initialized."""

from __future__ import annotations

import pytest

from lstmlint.runner import check_source
from tests import oracle

pytestmark = pytest.mark.keras

BEGINNING = """
import keras, numpy as np, tensorflow as tf
from keras.layers import *
T, y = tf.constant(["a b", "c"]), np.zeros(2)
def of(*layers):
    made = keras.Sequential([*layers, Embedding(10, 3), LSTM(2), Dense(1)])
    made.compile("sgd", "mse")
    return made
def words(**settings):
    return TextVectorization(10, output_sequence_length=4, **settings)
def adapted(layer):
    layer.adapt(T)
    return layer
class Texts:
    def __init__(self):
        self.words = words()
    def learn(self, texts):
        self.words.adapt(texts)
        return self.words
x = keras.Input((1,), dtype="string")
w = words()
"""
USES = """
of(w).fit(T, y, verbose=0)
of(w).predict(T, verbose=0)
of(w).evaluate(T, y, verbose=0)
of(w).fit(T, y, verbose=0, epochs=0)
of(adapted(w)).fit(T, y, verbose=0)
m = of(w); w.adapt(T); m.fit(T, y, verbose=0)
m = of(w); m.layers[0].adapt(T); m.fit(T, y, verbose=0)
of(words(vocabulary=["a", "b"])).fit(T, y, verbose=0)
of(words(vocabulary=None)).fit(T, y, verbose=0)
w.set_vocabulary(["a", "b"]); of(w).fit(T, y, verbose=0)
of(Texts().learn(T)).fit(T, y, verbose=0)
of(Texts().words).fit(T, y, verbose=0)
keras.Sequential([keras.Sequential([w, Embedding(10, 2)]), LSTM(2)]).predict(T, verbose=0)
keras.Model(x, Embedding(5, 2)(StringLookup()(x))).predict(T, verbose=0)
keras.Model(x, Embedding(5, 2)(StringLookup(vocabulary=["a"])(x))).predict(T, verbose=0)
keras.Model(x, Hashing(3)(x)).predict(T, verbose=0)
""".strip().splitlines()


@pytest.mark.parametrize("line", USES)
def test_keras_agrees(line: str) -> None:
    theirs = oracle.ask(BEGINNING + line + "\n")
    errors = [f.message for f in check_source(BEGINNING + line + "\n") if f.severity.value == "error"]
    assert bool(errors) == (theirs.raised is not None), (theirs.raised, theirs.message, errors)


def test_who_adapts_in_a_function_that_nobody_calls_is_not_known() -> None:
    program = BEGINNING + "def learn():\n    w.adapt(T)\ndef train(model):\n    of(w).fit(T, y)\n"
    assert [f.message for f in check_source(program) if f.severity.value == "error"] == []
