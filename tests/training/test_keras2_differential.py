"""The same random programs for Keras 2: what the linter says of `fit`, `evaluate` and `predict` is what tf_keras does."""

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
CASES = int(os.environ.get("LSTMLINT_TRAINING_CASES", "90")) // 2
SEED = int(os.environ.get("LSTMLINT_SEED", "5"))

WATCHED = """
from tf_keras.src import losses as _losses
from tf_keras.src.utils import losses_utils as _utils
if not hasattr(_losses, "_plain_call"):
    _losses._plain_call = _losses.LossFunctionWrapper.call
def _call(self, y_true, y_pred):
    b, a = _utils.squeeze_or_expand_dimensions(y_pred, y_true)
    if tuple(a.shape) != tuple(b.shape) and "sparse" not in self.fn.__name__:
        print("STRETCHED")
    return _losses._plain_call(self, y_true, y_pred)
_losses.LossFunctionWrapper.call = _call
"""


def ours(source: str) -> str:
    """ "raises", "broadcasts", "fine" or "unknown"."""
    program = follow(parse(Source("model.py", source)), keras_major=2)
    if any(fault.raises for fault in program.faults):
        return "raises"
    verdict = program.uses[-1].verdict if program.uses else None
    return verdict or "unknown"


def real(source: str) -> str:
    """What tf_keras does with the program."""
    earlier = source.replace("import keras\n", "import tf_keras as keras\n").replace("from keras", "from tf_keras")
    answer = oracle.ask(WATCHED + earlier, limit=120)
    if answer.raised is not None:
        return "raises"
    return "broadcasts" if "STRETCHED" in answer.stdout else "fine"


@pytest.mark.parametrize("number", range(CASES))
def test_a_use_of_a_model_ends_as_keras_2_ends_it(number: int) -> None:
    pytest.importorskip("tf_keras")
    case = cases.case(random.Random(SEED * 1_000_003 + number))
    said = ours(case.source)
    if said != "unknown":
        assert said == real(case.source), case.source


def test_the_generated_programs_are_mostly_understood() -> None:
    said = [ours(cases.case(random.Random(SEED * 1_000_003 + n)).source) for n in range(150)]
    assert said.count("unknown") < 0.55 * len(said)
    assert {"raises", "broadcasts", "fine"} <= set(said)
