"""Targets in a dict: Keras 3 looks them up by name only for a model of several outputs, and only if the names are those of the outputs."""

from __future__ import annotations

import pytest

from lstmlint.runner import check_source
from tests import oracle

pytestmark = pytest.mark.keras

BEGINNING = """
import keras, numpy as np, tensorflow as tf
from keras import ops
from keras.layers import *
x = keras.Input((5,), name="a")
X, P, Q = np.zeros((8, 5)), np.zeros((8, 1)), np.zeros((8, 4))
def of(kind, loss, **settings):
    p, q = Dense(1, name="p")(x), Dense(4, name="q")(x)
    made = keras.Model(x, {"list": [p, q], "dict": {"p": p, "q": q}, "one": p}[kind])
    made.compile("sgd", loss, **settings)
    return made
def ignores(y, p):
    return ops.mean(p)
class Own(keras.losses.Loss):
    def call(self, y, p):
        return ops.mean(p)
class Called(keras.losses.Loss):
    def __call__(self, y, p, sample_weight=None):
        return ops.mean(p)
both = {"p": "mse", "q": "mse"}
"""
USES = """
of("one", "mse").fit(X, {"p": P}, verbose=0)
of("one", "mse").fit(X, {"q": P}, verbose=0)
of("one", "mse").fit(X, {"p": P, "q": P}, verbose=0)
of("one", {"p": "mse"}).fit(X, {"p": P}, verbose=0)
of("one", {"p": "mse"}).fit(X, P, verbose=0)
of("one", {"p": "mse"}).fit(X, [P], verbose=0)
of("one", {"p": "mse"}, metrics={"p": "mae"}).train_on_batch(X, {"p": P})
of("one", {"p": "mse"}).evaluate(X, {"p": P}, verbose=0)
of("one", "mse").fit(X, P, validation_data=(X, {"p": P}), verbose=0)
of("one", "mse").fit(tf.data.Dataset.from_tensor_slices((X, {"p": P})).batch(2), verbose=0)
of("one", keras.losses.MeanSquaredError()).fit(X, {"p": P}, verbose=0)
of("one", ignores).fit(X, {"p": P}, verbose=0)
of("one", Own()).fit(X, {"p": P}, verbose=0)
of("one", Called()).fit(X, {"p": P}, verbose=0)
of("one", None).fit(X, {"p": P}, verbose=0)
of("list", both).fit(X, {"p": P, "q": Q}, verbose=0)
of("list", both).fit(X, {"q": Q, "p": P}, verbose=0)
of("list", both).fit(X, {"p": P, "r": Q}, verbose=0)
of("list", both).fit(X, {"p": P}, verbose=0)
of("list", both).fit(X, {"p": P, "q": Q, "r": Q}, verbose=0)
of("list", both).evaluate(X, {"p": P, "r": Q}, verbose=0)
of("list", "mse").fit(X, {"p": P, "q": Q}, verbose=0)
of("list", "mse").fit(X, {"p": P, "r": Q}, verbose=0)
of("list", ["mse", "mse"]).fit(X, {"p": P, "r": Q}, verbose=0)
of("list", ["mse", "mse"]).fit(X, {"p": P}, verbose=0)
of("list", ["mse", None]).fit(X, {"p": P}, verbose=0)
of("list", ["mse", None]).fit(X, {"p": P, "q": Q}, verbose=0)
of("list", {"p": "mse", "q": None}).fit(X, {"p": P, "q": Q}, verbose=0)
of("list", both).fit(tf.data.Dataset.from_tensor_slices((X, {"p": P, "r": Q})).batch(2), verbose=0)
of("dict", both).fit(X, {"p": P, "q": Q}, verbose=0)
of("dict", both).fit(X, {"p": P, "r": Q}, verbose=0)
of("dict", both).fit(X, {"p": P}, verbose=0)
of("dict", both).fit(X, {"p": P, "q": Q, "r": Q}, verbose=0)
of("dict", {"p": "mse"}).fit(X, {"p": P}, verbose=0)
of("dict", {"p": "mse"}).fit(X, {"q": P}, verbose=0)
of("dict", {"p": "mse", "q": None}).fit(X, {"p": P}, verbose=0)
of("dict", {"p": "mse", "q": None}).fit(X, {"p": P, "r": Q}, verbose=0)
of("dict", "mse").fit(X, {"p": P}, verbose=0)
of("dict", "mse").fit(X, {"p": P, "q": Q, "r": Q}, verbose=0)
""".strip().splitlines()


@pytest.mark.parametrize("line", USES)
def test_keras_agrees(line: str) -> None:
    theirs = oracle.ask(BEGINNING + line + "\n")
    errors = [f.message for f in check_source(BEGINNING + line + "\n") if f.severity.value == "error"]
    assert bool(errors) == (theirs.raised is not None), (theirs.raised, theirs.message, errors)


def test_keras_2_looks_them_up() -> None:
    program = BEGINNING.replace("import keras, numpy", "import tf_keras as keras, numpy").replace(
        "from keras import ops\n", ""
    )
    for line in (USES[0], USES[3]):
        assert [f.message for f in check_source(program + line + "\n") if f.severity.value == "error"] == []
