"""Targets of another rank in a later call of the same method: TensorFlow's second trace has no rank, and the loss raises."""

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
Z = np.zeros
X = Z((8, 3))
def make(loss="mse", units=1, **more):
    model = keras.Sequential([keras.Input((3,)), Dense(units, activation="softmax" if units > 1 else None)])
    model.compile("adam", loss, **more)
    return model
m, e = make(), make(run_eagerly=True)
s = make("sparse_categorical_crossentropy", 3, metrics=["accuracy"])
def fit(model, y, **more): model.fit(Z((len(y), 3)), y, verbose=0, **more)
"""
LINES = {
    "fit(m, Z((8, 1))); fit(m, Z(8))": True,
    "fit(m, Z(8)); fit(m, Z((8, 1)))": True,
    "fit(m, Z((8, 1))); fit(m, Z(40))": True,
    "fit(m, Z(8)); fit(m, Z(16))": False,
    "fit(m, Z((8, 1))); fit(m, Z(8, int))": False,
    "fit(m, Z((8, 1), 'float32')); fit(m, Z(8))": True,
    "fit(m, Z((8, 1))); m.compile('adam', 'mse'); fit(m, Z(8))": False,
    "fit(m, Z((8, 1))); m.evaluate(X, Z(8), verbose=0)": False,
    "m.evaluate(X, Z((8, 1)), verbose=0); m.evaluate(X, Z(8), verbose=0)": True,
    "m.train_on_batch(X, Z((8, 1))); m.train_on_batch(X, Z(8))": True,
    "m.train_on_batch(X, Z((8, 1))); fit(m, Z(8))": False,
    "fit(e, Z((8, 1))); fit(e, Z(8))": False,
    "fit(s, Z((8, 1), int)); fit(s, Z(8, int))": True,
    "fit(make(), Z((8, 1))); fit(make(), Z(8))": False,
    "fit(m, Z((8, 1))); fit(m, Z(8), sample_weight=np.ones(8))": False,
    "fit(m, Z((8, 1)), validation_data=(X, Z(8)))": False,
    "fit(m, Z((8, 1)))\ntry:\n    fit(m, Z(8))\nexcept ValueError:\n    pass\nfit(m, Z((8, 1)))": False,
}


@pytest.mark.keras
@pytest.mark.parametrize("line", LINES)
def test_keras_agrees(line: str) -> None:
    program = f"{HEAD}{line}\n"
    assert bool(oracle.ask(program).raised) is LINES[line]
    assert [f.code for f in check_source(program) if f.severity.value == "error"] == ["OUT033"] * LINES[line]


@pytest.mark.parametrize(
    "lines",
    [
        "for y in open('x'):\n    fit(m, Z((8, 1)))\nfit(m, Z(8))",
        "fit(m, open('x').data)\nfit(m, Z((8, 1)))",
        "def first(): fit(m, Z((8, 1)))\ndef second(): fit(m, Z(8))",
        "class Trainer:\n    def __init__(self): self.m = make()\n    def first(self): fit(self.m, Z((8, 1)))\n    def second(self): fit(self.m, Z(8))",
        "if open('x'):\n    fit(m, Z((8, 1)))\nelse:\n    fit(m, Z(8))",
    ],
)
def test_calls_that_may_not_follow_each_other(lines: str) -> None:
    assert not check_source(f"{HEAD}{lines}\n")


def test_nothing_is_said_for_keras_2() -> None:
    assert not check_source(f"{HEAD}fit(m, Z((8, 1)))\nfit(m, Z(8))\n", options=Options(keras_major=2))
