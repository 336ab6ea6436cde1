"""What is made again from a configuration, by `clone_model`, `from_config` and Bidirectional, and what of the user's own is in it, against Keras."""

from __future__ import annotations

import pytest

from lstmlint.runner import check_source
from tests import oracle

pytestmark = pytest.mark.keras

BEGINNING = """
import keras, numpy as np
from keras import layers, ops
from keras.models import clone_model
def double(t):
    return t * 2
def relu(t):
    return ops.maximum(t, 0)
class Cell(layers.Layer):
    def __init__(self, units=4, **settings):
        super().__init__(**settings)
        self.units = self.state_size = units
    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], self.units), name="kernel")
    def call(self, x, states):
        h = ops.matmul(x, self.kernel) + states[0]
        return h, [h]
    def get_config(self):
        return {**super().get_config(), "units": self.units}
class Own(layers.Layer):
    def call(self, x):
        return x
class OwnLSTM(layers.LSTM):
    pass
i, x = keras.Input((3,)), keras.Input((5, 3))
secret = layers.Lambda(lambda t: t * 2, name="secret")
def of(*inner):
    return keras.Sequential([keras.Input((3,)), *inner])
"""
MADE = """
clone_model(of(secret))
clone_model(model=of(secret))
clone_model(keras.Sequential([secret]))
clone_model(of(secret), input_tensors=i)
clone_model(of(secret), clone_function=lambda layer: layer)
clone_model(keras.Model(i, secret(i)))
clone_model(of(of(secret)))
clone_model(keras.Sequential([x, layers.TimeDistributed(secret)]))
clone_model(of(layers.Lambda(double)))
clone_model(of(layers.Lambda(relu)))
clone_model(of(layers.Dense(3, activation=double)))
clone_model(of(layers.Dense(3, activation=relu)))
clone_model(of(layers.Dense(3, activation="relu")))
clone_model(of(layers.Dense(3, activation=ops.relu)))
clone_model(of(Own()))
clone_model(of(of(Own())))
clone_model(keras.Sequential([x, layers.TimeDistributed(Own())]))
clone_model(keras.Sequential([x, layers.RNN(Cell(4))]))
clone_model(keras.Sequential([x, layers.RNN(layers.LSTMCell(4))]))
m = of(secret); keras.Sequential.from_config(m.get_config())
m = keras.Model(i, secret(i)); keras.Model.from_config(m.get_config())
m = keras.Model(i, secret(i)); m.from_config(m.get_config())
m = keras.Model(i, layers.Lambda(double)(i)); keras.Model.from_config(m.get_config())
m = keras.Model(i, layers.Lambda(double)(i)); keras.Model.from_config(m.get_config(), custom_objects={"double": double})
m = keras.Model(i, Own()(i)); keras.Model.from_config(m.get_config())
m = keras.Model(i, Own()(i)); keras.Model.from_config(m.get_config(), custom_objects={"Own": Own})
m = keras.Model(i, layers.Dense(3)(i)); keras.Model.from_config(m.get_config())
layers.Bidirectional(layers.RNN(Cell(4)))
layers.Bidirectional(layers.RNN([Cell(4), layers.LSTMCell(4)]))(x)
layers.Bidirectional(layers.RNN(layers.StackedRNNCells([Cell(4)])))(x)
layers.Bidirectional(layers.RNN([layers.GRUCell(4), layers.LSTMCell(4)]))(x)
layers.Bidirectional(layers.RNN(Cell(4)), backward_layer=layers.RNN(Cell(4), go_backwards=True))(x)
layers.Bidirectional(OwnLSTM(4))(x)
layers.Bidirectional(layers.LSTM(4), backward_layer=OwnLSTM(4, go_backwards=True))(x)
layers.Bidirectional(layers.LSTM(4, activation=double))(x)
layers.Bidirectional(layers.LSTM(4, activation=relu))(x)
layers.Bidirectional(layers.LSTM(4, activation=ops.tanh))(x)
with keras.saving.custom_object_scope({"Cell": Cell}): layers.Bidirectional(layers.RNN(Cell(4)))(x)
""".strip().splitlines()


@pytest.mark.parametrize("line", MADE)
def test_where_it_raises(line: str) -> None:
    program = BEGINNING + line.replace("; ", "\n") + "\n"
    theirs = oracle.ask(program)
    errors = [f.message for f in check_source(program) if f.severity.value == "error"]
    assert bool(errors) == (theirs.raised is not None), (theirs.raised, theirs.message, errors)


@pytest.mark.parametrize(
    "before",
    ["keras.config.enable_unsafe_deserialization()\n", "keras.saving.get_custom_objects()['Cell'] = Cell\n"],
)
def test_what_was_allowed_before(before: str) -> None:
    line = "clone_model(of(secret))" if "unsafe" in before else "layers.Bidirectional(layers.RNN(Cell(4)))"
    assert not [f for f in check_source(BEGINNING + before + line + "\n") if f.severity.value == "error"]


def test_a_function_that_nobody_calls_may_be_called_in_a_scope() -> None:
    function = "def model():\n    return layers.Bidirectional(layers.RNN(Cell(4)))\n"
    assert not [f for f in check_source(BEGINNING + function) if f.severity.value == "error"]
