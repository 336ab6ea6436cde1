"""`model.build(shape)` of a Sequential that has an input already, against Keras: it must be exactly that one's shape."""

from __future__ import annotations

import pytest

from lstmlint.runner import check_source
from tests import oracle

pytestmark = pytest.mark.keras

BEGINNING = """
import keras, numpy as np
from keras.layers import *
X = np.zeros((2, 4))
"""
MODELS = {
    "an Input": "m = keras.Sequential([keras.Input((4,)), Dense(3)])",
    "an InputLayer": "m = keras.Sequential([InputLayer((4,)), Dense(3)])",
    "input_shape": "m = keras.Sequential([Dense(3, input_shape=(4,))])",
    "a batch size": "m = keras.Sequential([keras.Input((4,), batch_size=2), Dense(3)])",
    "no input": "m = keras.Sequential([Dense(3)])",
    "built": "m = keras.Sequential([Dense(3)])\nm.build((None, 4))",
    "a model first": "m = keras.Sequential([keras.Sequential([keras.Input((4,)), Dense(4)]), Dense(3)])",
    "functional": "i = keras.Input((4,))\nm = keras.Model(i, Dense(3)(i))",
}
SHAPES = ("(None, 4)", "[None, 4]", "(None, 5)", "(2, 4)", "(3, 4)", "(4,)", "(None, 7, 4)", "None", "4", "[(None, 5)]")


def _agree(program: str) -> None:
    theirs = oracle.ask(BEGINNING + program)
    errors = [f.message for f in check_source(BEGINNING + program) if f.severity.value == "error"]
    assert bool(errors) == (theirs.raised is not None), (program, theirs.raised, theirs.message, errors)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("model", MODELS)
def test_where_it_raises(model: str, shape: str) -> None:
    _agree(f"{MODELS[model]}\nm.build({shape})\n")


@pytest.mark.parametrize("first", ["m(X)", "m.compile('adam', 'mse')\nm.fit(X, np.zeros((2, 3)), verbose=0)"])
def test_the_shape_of_data(first: str) -> None:
    _agree(f"{MODELS['no input']}\n{first}\nm.build((None, 5))\n")


def test_an_open_axis_is_no_number() -> None:
    for own, given in (("None, 4", "None, 7, 4"), ("7, 4", "None, None, 4"), ("None, 4", "None, None, 4")):
        _agree(f"m = keras.Sequential([keras.Input(({own})), Dense(3)])\nm.build(({given}))\n")
