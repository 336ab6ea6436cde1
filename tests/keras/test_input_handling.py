"""Models that look at what they are given: by its class, its rank, its class's name. Keras runs all of it, so that nothing may be refused."""

from __future__ import annotations

import pytest

from lstmlint.runner import check_source
from tests import oracle

pytestmark = pytest.mark.keras

PROGRAMS = {
    "one, many or named inputs": """
import keras, tensorflow as tf
from collections import OrderedDict
from typing import Any
class Base(keras.Model):
    def standard(self, inputs: Any) -> OrderedDict:
        if isinstance(inputs, OrderedDict):
            return inputs
        elif isinstance(inputs, dict):
            return OrderedDict(inputs)
        elif isinstance(inputs, list | tuple):
            return OrderedDict({f"input_{i}": x for i, x in enumerate(inputs)})
        return OrderedDict({"input": inputs})
    def ready(self, inputs):
        named = self.standard(inputs)
        if len(named) > 1 or any(key.startswith("input_") for key in named.keys()):
            return list(named.values())
        return list(named.values())[0]
class Net(Base):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.dense = keras.layers.Dense(4)
    def call(self, inputs):
        found = self.ready(inputs)
        x = keras.ops.concatenate(found, axis=-1) if isinstance(found, list) else found
        return self.dense(x)
a = Net()(tf.random.normal((16, 8)))
b = Net()(keras.Input((8,)))
c = Net()([keras.Input((8,)), keras.Input((8,))])
d = Net()({"a": tf.zeros((3, 5))})
""",
    "data sets apart from tensors by the name of their class": """
import keras, tensorflow as tf
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = keras.layers.Dense(4)
    def call(self, x):
        return self.dense(x)
    def scores(self, data):
        if hasattr(data, "__iter__") and not isinstance(data, keras.KerasTensor) and "Dataset" in str(type(data)):
            return [self(x) for x in data]
        return self(data)
a = Net().scores(tf.random.normal((16, 8)))
b = Net().scores(tf.data.Dataset.from_tensor_slices(tf.zeros((6, 3))).batch(2))
""",
    "vectors made columns": """
import tensorflow as tf
def columns(x):
    if tf.rank(x) == 1:
        x = tf.reshape(x, (-1, 1))
    if tf.shape(x)[0] == 5:
        return tf.ones((5, 1))
    padding = tf.fill([1, tf.shape(x)[1]], 0.0)
    return tf.concat([padding, x[1:] - x[:-1]], axis=0)
a = columns(tf.constant([1.0, 2.0, 3.0]))
b = columns(tf.constant([1.0, 2.0, 3.0, 4.0, 5.0]))
c = columns(tf.zeros((4, 2)))
""",
    "a model from its configuration": """
import keras
class Net(keras.Model):
    def __init__(self, units, **kwargs):
        self.extra = kwargs.pop("extra", None)
        super().__init__(**kwargs)
        self.units = units
        self.dense = keras.layers.Dense(units)
    def get_config(self):
        config = super().get_config()
        config.update({"units": self.units, "extra": self.extra})
        return config
    @classmethod
    def from_config(cls, config):
        extra = config.pop("extra", None)
        return cls(extra=extra, **config)
net = Net.from_config(Net(3).get_config())
copy = keras.Sequential.from_config(keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)]).get_config())
""",
    "arguments that fit": """
import inspect, keras
class Own(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
def make(cls, **given):
    takes = inspect.signature(cls.__init__).parameters
    return cls(**{k: v for k, v in given.items() if k in takes})
a = make(Own, units=3, window=4)
b = make(keras.layers.Dense, units=3, window=4)
""",
    "exceptions that a test expects": """
import unittest
import keras, pytest
from keras.layers import LSTM, Dense
with pytest.raises((ValueError, TypeError), match="ndim"):
    LSTM(3)(keras.Input((4,)))
with pytest.raises(ValueError) as caught:
    Dense(-1)
assert "units" in str(caught.value)
class TestLayers(unittest.TestCase):
    def test_it(self):
        with self.assertRaises(ValueError):
            Dense(-1)
        with self.assertRaisesRegex(ValueError, "ndim"):
            LSTM(3)(keras.Input((4,)))
        self.assertRaises(ValueError, Dense, -1)
        self.assertRaisesRegex(ValueError, "units", Dense, -1)
        self.assertEqual(Dense(3).units, 3)
TestLayers("test_it").debug()
""",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_keras_runs_it_and_nothing_is_refused(name: str) -> None:
    answer = oracle.ask(PROGRAMS[name])
    assert answer.raised is None, answer.message
    assert [f.message for f in check_source(PROGRAMS[name])] == []


def test_what_comes_after_an_expected_exception_is_still_looked_at() -> None:
    program = (
        "import keras, pytest\nwith pytest.raises(ValueError):\n    keras.layers.Dense(-1)\nkeras.layers.Dense(-2)\n"
    )
    assert [(f.code, f.span.row) for f in check_source(program)] == [("API004", 4)]


def test_keys_that_a_condition_chooses_are_not_counted_on() -> None:
    start = "import keras, helpers\ngiven = {'units': 3, 'window': 4}\n"
    chosen = "keras.layers.Dense(**{k: v for k, v in given.items() if helpers.takes(k)})\n"
    assert check_source(start + chosen) == []
    assert [f.code for f in check_source(f"{start}keras.layers.Dense(**given)\n")] == ["API001"]
