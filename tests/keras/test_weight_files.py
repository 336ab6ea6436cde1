"""Weights that a program saves and loads again: an error where Keras finds none for a layer, or others."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import Options, check_source
from tests import oracle

load_pack("lstmlint_rules")

HEAD = """
import keras
import numpy as np
from keras.layers import *
def S(*layers): return keras.Sequential([keras.Input((5, 3)), *layers])
def F(units):
    x = keras.Input((5, 3))
    return keras.Model(x, Dense(1)(Dense(units)(x)))
P = "/tmp/lstmlint_test_weight_files.weights.h5"
def go(saved, loads):
    saved.save_weights(P)
    loads.load_weights(P)
"""
PAIRS = (
    "S(Dense(4), Dense(1)), S(Dense(5), Dense(1))", "S(Dense(4), Dense(1)), S(Dense(4), Dense(1))", "S(Dense(4)), S(Dense(4), Dense(1))",
    "S(Dense(4), Dense(1)), S(Dense(4))", "S(Dense(4)), S(Dense(4), Dropout(0.1))", "S(Dense(4)), S(Dense(4), BatchNormalization())",
    "S(Dense(4)), S(Dense(4, use_bias=False))", "S(Dense(4, use_bias=False)), S(Dense(4))", "S(Dense(4), Dense(1)), F(4)", "S(Dense(4), Dense(1)), F(6)",
    "F(6), S(Dense(4), Dense(1))", "S(LSTM(4)), S(GRU(4))", "S(LSTM(4)), S(LSTM(4))", "S(LSTM(4)), S(LSTM(3))",
    "S(Bidirectional(LSTM(4))), S(Bidirectional(LSTM(3)))", "S(Bidirectional(LSTM(4))), S(Bidirectional(LSTM(4)))",
    "S(TimeDistributed(Dense(4))), S(TimeDistributed(Dense(5)))", "S(Conv1D(4, 3)), S(Conv1D(4, 2))", "S(GRU(4)), S(GRU(4, reset_after=False))",
    "S(LayerNormalization()), S(LayerNormalization(scale=False))", "S(S(Dense(4)), Dense(1)), S(S(Dense(4)), Dense(1))",
)  # fmt: skip
PROGRAMS = (
    "a, b = S(Dense(4)), S(Dense(5))\na.save_weights(P)\nb.save_weights(P)\nS(Dense(5)).load_weights(P)",
    "a, b = S(Dense(4)), S(Dense(5))\na.save_weights(P)\nb.save_weights(P)\nS(Dense(4)).load_weights(P)",
    "a = S(Dense(4))\na.save_weights(P)\na.add(Dense(3))\na.load_weights(P)",
    "a = S(Dense(4))\na.add(Dense(3))\na.save_weights(P)\na.pop()\na.load_weights(P)",
    "a = S(Dense(4))\na.save_weights(P)\nS(Dense(5)).load_weights(P, skip_mismatch=True)",
    "a = S(Dense(4))\na.save_weights(P)\ntry:\n    S(Dense(5)).load_weights(P)\nexcept ValueError:\n    print('another model')",
    "d = Dense(3)\na = S(d, d, Dense(2))\na.save_weights(P)\nS(Dense(3), Dense(2)).load_weights(P)",
    "a = keras.Sequential([Dense(4)])\na.build((None, 3))\na.save_weights(P)\nb = keras.Sequential([Dense(4)])\nb.build((None, 2))\nb.load_weights(P)",
    "class Own(Layer):\n    def __init__(self, n):\n        super().__init__()\n        self.d = Dense(n)\n    def call(self, x): return self.d(x)\n"
    "go(S(Own(4)), S(Own(4)))",
)
CHECKPOINT = """
a = S(Dense(4))
a.compile("adam", "mse")
a.fit(np.zeros((4, 5, 3)), np.zeros((4, 5, 4)), verbose=0, callbacks=[keras.callbacks.ModelCheckpoint(P, monitor="loss", {given})])
"""


def agree(lines: str) -> None:
    errors = [f.code for f in check_source(HEAD + lines + "\n") if f.severity.value == "error"]
    assert errors == (["API041"] if oracle.ask(HEAD + lines + "\n").raised else []), lines


@pytest.mark.keras
@pytest.mark.parametrize("pair", PAIRS)
def test_one_model_saves_and_another_loads(pair: str) -> None:
    agree(f"go({pair})")


@pytest.mark.keras
@pytest.mark.parametrize("lines", PROGRAMS)
def test_programs(lines: str) -> None:
    agree(lines)


@pytest.mark.keras
@pytest.mark.parametrize("given", ["save_weights_only=True", "save_weights_only=True, save_best_only=True"])
def test_checkpoints(given: str) -> None:
    agree(CHECKPOINT.format(given=given) + "S(Dense(5)).load_weights(P)")
    agree(CHECKPOINT.format(given=given) + "S(Dense(4)).load_weights(P)")


@pytest.mark.parametrize(
    "between",
    [
        "S(Dense(5)).save_weights(input())",
        "for name in input():\n    S(Dense(5)).save_weights(P)",
        "b = S(Dense(5))\nb.compile('adam', 'mse')\nb.fit(np.zeros((4, 5, 3)), np.zeros((4, 5, 5)), callbacks=[keras.callbacks.ModelCheckpoint(P, save_weights_only=True)])",
        "b = S(Dense(5))\nb.compile('adam', 'mse')\nb.fit(np.zeros((4, 5, 3)), np.zeros((4, 5, 5)), callbacks=[keras.callbacks.ModelCheckpoint(input(), save_weights_only=True)])",
        "P = 'elsewhere.weights.h5'",
    ],
)
def test_a_file_that_may_have_become_another_one_is_not_compared(between: str) -> None:
    assert not check_source(f"{HEAD}S(Dense(4)).save_weights(P)\n{between}\nS(Dense(5)).load_weights(P)\n")


def test_functions_that_nobody_calls_are_not_taken_for_called_one_after_the_other() -> None:
    assert not check_source(
        HEAD + "def train():\n    S(Dense(4)).save_weights(P)\ndef test():\n    S(Dense(5)).load_weights(P)\n"
    )


def test_nothing_is_said_for_keras_2() -> None:
    assert not check_source(f"{HEAD}go(S(Dense(4)), S(Dense(5)))\n", options=Options(keras_major=2))


UNBUILT = """
import keras, numpy as np
from keras.layers import *
class Net(keras.Model):
    def __init__(self, begun=False):
        super().__init__()
        self.inner = Dense(2)
        if begun:
            self(np.zeros((1, 3)))
            self.save_weights("own.weights.h5")
    def call(self, x):
        return self.inner(x)
class Built(Net):
    def build(self, shape):
        self.inner.build(shape)
        self.built = True
class Trainer:
    def __init__(self):
        self.net = Net()
    def prepare(self):
        self.net(np.zeros((1, 3)))
    def save(self):
        self.net.save_weights("own.weights.h5")
net, stack = Net(), keras.Sequential([Dense(2)])
"""
SAVED = """
stack.save_weights("a.weights.h5")
stack.build((None, 3)); stack.save_weights("a.weights.h5")
stack.save("a.keras")
stack.load_weights("a.weights.h5")
net.save_weights("a.weights.h5")
net.load_weights("a.weights.h5")
net.build((None, 3)); net.save_weights("a.weights.h5")
net(np.zeros((2, 3))); net.save_weights("a.weights.h5"); Net().load_weights("a.weights.h5")
net(np.zeros((2, 3))); net.save_weights("a.weights.h5"); net.load_weights("a.weights.h5")
net(keras.Input((3,))); net.save_weights("a.weights.h5")
net.compile("sgd", "mse"); net.fit(np.zeros((4, 3)), np.zeros((4, 2)), verbose=0); net.save_weights("a.weights.h5")
net.compile("sgd", "mse"); net.save_weights("a.weights.h5")
around = keras.Sequential([keras.Input((3,)), net]); net.save_weights("a.weights.h5")
Net(True)
own = Built(); own.build((None, 3)); own.save_weights("a.weights.h5")
own = Built(); own.save_weights("a.weights.h5")
trainer = Trainer(); trainer.prepare(); trainer.save()
trainer = Trainer(); trainer.save()
""".strip().splitlines()


@pytest.mark.keras
@pytest.mark.parametrize("line", SAVED)
def test_a_model_that_is_not_built_has_no_weights_to_save(line: str) -> None:
    theirs = oracle.ask(UNBUILT + line + "\n")
    errors = [f.message for f in check_source(UNBUILT + line + "\n") if f.severity.value == "error"]
    assert bool(errors) == (theirs.raised is not None), (theirs.raised, theirs.message, errors)
