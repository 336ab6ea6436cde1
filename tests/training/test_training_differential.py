"""Data meets models at random: what the linter says of `fit`, `evaluate` and `predict` is what the installed Keras does."""

from __future__ import annotations

import os
import random

import pytest

from lstmlint.interpret import follow
from lstmlint.source import Source
from lstmlint.syntax import parse

from .. import oracle
from . import cases

pytestmark = pytest.mark.keras
CASES = int(os.environ.get("LSTMLINT_TRAINING_CASES", "90"))
SEED = int(os.environ.get("LSTMLINT_SEED", "5"))

WATCHED = """
from keras.src.losses import losses as _losses
if not hasattr(_losses, "_plain_call"):
    _losses._plain_call = _losses.LossFunctionWrapper.call
def _call(self, y_true, y_pred):
    a, b = _losses.squeeze_or_expand_to_same_rank(y_true, y_pred)
    if tuple(a.shape) != tuple(b.shape) and self.fn.__name__ not in ("sparse_categorical_crossentropy", "ctc", "circle"):
        print("STRETCHED")
    return _losses._plain_call(self, y_true, y_pred)
_losses.LossFunctionWrapper.call = _call
"""
"""Run before a program: says so when a loss gets shapes that differ after Keras's own squeezing, and goes on."""


def ours(source: str) -> str:
    """ "raises", "broadcasts", "fine" or "unknown" for the last use; "raises" as well where something before it is refused."""
    program = follow(parse(Source("model.py", source)))
    if any(fault.raises for fault in program.faults):
        return "raises"
    if any(fault.kind == "target-broadcast" for fault in program.faults):
        return "broadcasts" if all(f.details.get("certain", True) for f in program.faults) else "unknown"
    uses = program.uses
    if not uses or uses[-1].verdict is None:
        return "unknown"
    if uses[-1].verdict == "broadcasts":
        return "fine"  # a metric alone
    return uses[-1].verdict


def real(case: cases.Case) -> str:
    """ "raises", "broadcasts" or "fine": what the installed Keras does with the program."""
    answer = oracle.ask(WATCHED + case.source, limit=120)
    if answer.raised is not None:
        return "raises"
    return "broadcasts" if "STRETCHED" in answer.stdout else "fine"


@pytest.mark.parametrize("number", range(CASES))
def test_a_use_of_a_model_ends_as_keras_ends_it(number: int) -> None:
    case = cases.case(random.Random(SEED * 1_000_003 + number))
    said = ours(case.source)
    if said != "unknown":
        assert said == real(case), case.source


def test_the_generated_programs_are_mostly_understood() -> None:
    said = [ours(cases.case(random.Random(SEED * 1_000_003 + n)).source) for n in range(150)]
    assert said.count("unknown") < 0.2 * len(said)
    assert {"raises", "broadcasts", "fine"} <= set(said)


NAMED = """
import keras
import numpy as np
from keras import layers as L
a = keras.Input((4,))
model = keras.Model(a, {"one": L.Dense(1)(a), "two": L.Dense(3, activation="softmax")(a)})
model.compile("sgd", loss=LOSS, run_eagerly=True)
model.fit(np.ones((6, 4)), {"one": np.ones((6, 1)), "two": TWO}, verbose=0)
"""


@pytest.mark.parametrize(
    "loss, two",
    [
        ({"one": "mse", "two": "sparse_categorical_crossentropy"}, "np.ones((6, 3))"),
        ({"one": "mse", "two": "mse"}, "np.ones((6, 4))"),
        ({"one": "mse", "two": "mse"}, "np.ones((6, 3))"),
        ({"one": "mse", "two": "mse"}, "np.ones((6,))"),
        ({"one": "mse"}, "np.ones((6, 4))"),
        ({"one": "mse", "three": "mse"}, "np.ones((6, 3))"),
    ],
)
def test_outputs_in_a_dict_are_compared_by_their_keys(loss: dict[str, str], two: str) -> None:
    source = NAMED.replace("LOSS", repr(loss)).replace("TWO", two)
    assert ours(source) == real(cases.Case(source, "named"))
