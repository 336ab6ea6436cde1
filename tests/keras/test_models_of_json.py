"""A model that is made of another one's JSON: the same layers, of the same names, compiled as the other one was."""

from __future__ import annotations

import pytest

from lstmlint.runner import check_source
from tests import oracle

pytestmark = pytest.mark.keras

BEGINNING = """
import json
import keras, numpy as np
from keras.layers import *
from keras.models import model_from_json
X, y = np.zeros((2, 5, 4)), np.zeros((2, 4))
m = keras.Sequential([keras.Input((5, 4)), Dense(3), LSTM(4)], name="first")
i = keras.Input((3,))
class Own(Layer):
    def call(self, x):
        return 2 * x
"""
MADE = """
model_from_json(m.to_json()).predict(X, verbose=0)
model_from_json(m.to_json()).predict(X[..., :3], verbose=0)
model_from_json(m.to_json(indent=2)).predict(X[..., :3], verbose=0)
model_from_json(json_string=m.to_json()).predict(X[..., :3], verbose=0)
model_from_json(m.to_json()).fit(X, y, verbose=0)
m.compile("sgd", "mse"); model_from_json(m.to_json()).fit(X, y, verbose=0)
text = m.to_json(); m.compile("sgd", "mse"); model_from_json(text).fit(X, y, verbose=0)
text = m.to_json(); m.add(Dense(2)); model_from_json(text).get_layer("dense_1")
text = m.to_json(); m.pop(); model_from_json(text).get_layer("lstm")
model_from_json(m.to_json()).get_layer("lstm")
model_from_json(m.to_json()).get_layer("lstm_1")
model_from_json(m.to_json()).set_weights(m.get_weights())
model_from_json(m.get_config())
model_from_json(json.dumps(json.loads(m.to_json()))).predict(X, verbose=0)
model_from_json(keras.Model(i, Lambda(lambda x: x)(i)).to_json())
model_from_json(keras.Model(i, Own()(i)).to_json())
model_from_json(keras.Model(i, Own()(i)).to_json(), custom_objects={"Own": Own}).predict(X[:, 0, :3], verbose=0)
model_from_json(keras.Model(i, Own()(i)).to_json(), {"Own": Own}).predict(X[:, 0], verbose=0)
""".strip().splitlines()


@pytest.mark.parametrize("line", MADE)
def test_keras_agrees(line: str) -> None:
    program = BEGINNING + line + "\n"
    theirs = oracle.ask(program)
    errors = [f.message for f in check_source(program) if f.severity.value == "error"]
    unseen = "m.add" in line or "m.pop" in line  # the layers have become others
    assert unseen or bool(errors) == (theirs.raised is not None), (theirs.raised, theirs.message, errors)
    assert not (unseen and errors)
