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
