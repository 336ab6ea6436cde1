"""What layers, models and operations give back is a list, a tuple or a dict just where Keras gives one."""

from __future__ import annotations

import json

import pytest

from lstmlint.interpret import follow
from lstmlint.runner import check_source
from lstmlint.source import Source
from lstmlint.summary import as_json
from lstmlint.syntax import parse
from lstmlint.values import ListValue
from tests import oracle

pytestmark = pytest.mark.keras

PROGRAM = """
import keras, numpy as np
from keras import layers, ops
said = []
def say(*values):
    for v in values:
        said.append("list" if isinstance(v, list) else "tuple" if isinstance(v, tuple) else "dict" if isinstance(v, dict) else "one")
x = np.ones((2, 4), "float32")
i = keras.Input((4,))
a, b = layers.Dense(2)(i), layers.Dense(3)(i)
for outputs in ([a, b], (a, b), [a], (a,), {"a": a, "b": b}, [[a], b], a):
    model = keras.Model(i, outputs)
    say(model(keras.Input((4,))), model(x), model.output, model.outputs)
for outputs in ([a, b], (a, b), {"b": b, "a": a}, a):
    model = keras.Model(i, outputs)
    model.compile("adam", "mse")
    say(model.predict(x, verbose=0), model.predict_on_batch(x))
class Given(layers.Layer):
    def __init__(self, function):
        super().__init__()
        self.function = function
    def call(self, x):
        return self.function(x)
class Model(keras.Model):
    def __init__(self, function):
        super().__init__()
        self.function = function
    def call(self, x):
        return self.function(x)
class Outer(keras.Model):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner
    def call(self, x):
        out = self.inner(x)
        say(out)
        return out
for function in (lambda x: [x, x * 2], lambda x: (x, x * 2), lambda x: {"b": x, "a": x * 2}, lambda x: [x]):
    for made in (Given(function), Model(function), layers.Lambda(function)):
        say(made(keras.Input((4,))), made(x))
for outputs in ([a, b], [a]):
    Outer(keras.Model(i, outputs))(x)
say(layers.LSTM(3, return_state=True)(keras.Input((5, 3))), layers.Bidirectional(layers.LSTM(3), merge_mode=None)(keras.Input((5, 3))))
say(ops.split(x, 2), ops.split(i, 2, axis=-1), ops.unstack(x), ops.unstack(i, axis=1), ops.shape(i), ops.moments(x, 0))
words = " ".join(said)
both = Given(lambda x: {"b": x, "a": ops.concatenate([x, x])})(i)
wide = layers.Dense(3)(both["a"] if sorted(both) == ["a", "b"] else None)
WRITE
"""


def test_what_comes_back_is_nested_as_keras_nests_it() -> None:
    answer = oracle.ask(PROGRAM.replace("WRITE", "print(words)"))
    assert answer.raised is None, answer.message
    program = follow(parse(Source("program.py", PROGRAM.replace("WRITE", ""))))
    assert not program.faults
    said = program.ways[-1].names["said"]
    assert isinstance(said, ListValue)
    assert not said.open
    assert " ".join(said.items) == answer.stdout.strip().splitlines()[-1]


ASKED = """
import keras
from keras import layers
class Decoder(layers.Layer):
    def call(self, x):
        return [x, x * 2]
i = keras.Input((4,))
out = Decoder()(i)
last = out[-1] if isinstance(out, list) else out
model = keras.Model(i, layers.Dense(3)(last))
"""


def test_a_program_that_asks_whether_it_got_a_list_is_followed_as_it_runs() -> None:
    assert check_source(ASKED) == []
    assert [f.code for f in check_source(ASKED.replace("return [x, x * 2]", "return x, x * 2"))] == ["API009"]


@pytest.mark.keras
def test_outputs_in_a_dict_are_listed_as_keras_lists_them() -> None:
    program = """
import keras
from keras.layers import Dense
x = keras.Input((4,), name="early")
y = keras.Input((2,), name="late")
both = keras.layers.Concatenate()([x, y])
model = keras.Model({"late": y, "early": x}, {"mean": Dense(2)(both), "spread": Dense(3)(both), "more": Dense(4)(both)})
"""
    theirs = oracle.ask(program).models["model"]
    (ours,) = json.loads(as_json([("model.py", follow(parse(Source("model.py", program))))]))["files"][0]["models"]
    assert ours["output_shapes"] == theirs["output_shapes"]
    assert ours["input_shapes"] == theirs["input_shapes"]
