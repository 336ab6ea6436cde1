"""A model whose inputs have a shape or a name that nobody knows: what fits for one of them is no mistake."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source
from tests import oracle

load_pack("lstmlint_rules")

HEAD = """
import json
import keras
import numpy as np
from keras import layers
"""
READ = "shape, name, number = json.load(open('settings.json'))\n"
KNOWN = "shape, name, number = (10, 1), 'a', 1\n"
PROGRAMS = {
    "rows of numbers become sequences of one feature": (
        "model = keras.Sequential([keras.Input(shape), layers.LSTM(3)])\nmodel.predict(np.zeros((4, 10)), verbose=0)"
    ),
    "the same in a functional model": (
        "x = keras.Input(shape)\nmodel = keras.Model(x, layers.GRU(3)(x))\nmodel.compile('sgd', 'mse')\n"
        "model.fit(np.zeros((4, 10)), np.zeros((4, 3)), verbose=0)"
    ),
    "data by the name of an input": (
        "a, b = keras.Input((3,), name=name), keras.Input((2,), name='b')\nmodel = keras.Model([a, b], layers.Concatenate()([a, b]))\n"
        "model.predict({'a': np.zeros((6, 3)), 'b': np.zeros((6, 2))}, verbose=0)"
    ),
    "a size that is left to the reshape": (
        "model = keras.Sequential([keras.Input((8, 2)), layers.Reshape((-number, 4)), layers.LSTM(2)])"
    ),
    "the same of an array": "keras.ops.reshape(np.zeros((4, 3)), (-number, 2))\nnp.zeros((4, 3)).reshape(-number, 6)",
}  # fmt: skip
TAKEN_OVER = """
x = keras.Input((3,))
y = layers.Dense(3)(x)
model = keras.Model(x, layers.{merge})
stack = keras.Sequential(model.layers)
stack.summary()
"""
MERGES = ("Add()([x, y])", "Concatenate()([x, y])", "Dot(1)([x, y])", "Maximum()([x, y])")


@pytest.mark.parametrize("name", PROGRAMS)
def test_nothing_is_wrong(name: str) -> None:
    count = "number = len(open('settings.json').readlines())\n"  # a number, whatever the other two are
    assert [f.message for f in check_source(HEAD + READ + count + PROGRAMS[name] + "\n")] == []


@pytest.mark.keras
@pytest.mark.parametrize("name", PROGRAMS)
def test_keras_takes_it(name: str) -> None:
    assert oracle.ask(HEAD + KNOWN + PROGRAMS[name]).raised is None


@pytest.mark.parametrize("merge", MERGES)
def test_a_stack_of_layers_with_a_merge_is_just_not_built(merge: str) -> None:
    found = check_source(HEAD + TAKEN_OVER.format(merge=merge))
    assert [f.message for f in found if f.severity.value == "error"] == []


@pytest.mark.keras
@pytest.mark.parametrize("merge", MERGES)
def test_keras_does_not_build_it(merge: str) -> None:
    assert oracle.ask(HEAD + TAKEN_OVER.format(merge=merge)).raised is None
