"""Data meets models at random: what the linter says of `fit`, `evaluate` and `predict` is what the installed Keras does."""

from __future__ import annotations

import os
import random

import pytest

from lstmlint.interpret import follow
from lstmlint.source import Source
from lstmlint.syntax import parse

from .. import oracle
from . import training_cases

pytestmark = pytest.mark.keras
CASES = int(os.environ.get("LSTMLINT_TRAINING_CASES", "90"))
SEED = int(os.environ.get("LSTMLINT_SEED", "5"))

BROADCASTS = """
from keras.src.losses.loss import squeeze_or_expand_to_same_rank as _same_rank
def _stretched(true, predicted):
    if isinstance(true, pd.Series):
        true = true.to_frame()
    _a, _b = _same_rank(np.asarray(true), np.asarray(predicted))
    return tuple(_a.shape) != tuple(_b.shape)
"""
MEASURED = [
    "mse",
    "mean_squared_error",
    "mae",
    "MAE",
    "mape",
    "msle",
    "huber",
    "log_cosh",
    "cosine_similarity",
    "kl_divergence",
    "kld",
    "poisson",
    "hinge",
    "squared_hinge",
    "categorical_hinge",
    "categorical_focal_crossentropy",
    "dice",
    "tversky",
    "MeanSquaredError",
    "MeanAbsoluteError",
    "Huber",
    "LogCosh",
    "KLDivergence",
    "Poisson",
    "CosineSimilarity",
    "Hinge",
    "CategoricalHinge",
    "CategoricalFocalCrossentropy",
    "Dice",
    "Tversky",
    "MeanAbsolutePercentageError",
    "MeanSquaredLogarithmicError",
    "SquaredHinge",
]
"""Losses that compare element by element, and so stretch what doesn't match."""


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


def elementwise(source: str) -> bool:
    """Is the program's loss one that stretches?"""
    line = next((row for row in source.splitlines() if row.startswith("model.compile")), "")
    loss = line.partition("loss=")[2].partition(", metrics")[0].partition(", run_eagerly")[0]
    word = loss.strip("[]").strip("'\"").removeprefix("keras.losses.").partition("(")[0]
    return word in MEASURED


def real(case: training_cases.Case) -> str:
    """ "raises", "broadcasts" or "fine": what the installed Keras does with the program."""
    source = case.source
    measured = "\ny = " in source and case.part != "several" and elementwise(source)
    if measured:
        source += f"{BROADCASTS}\nprint('STRETCHED', _stretched(y, model.predict_on_batch(X)))\n"
    answer = oracle.ask(source, limit=120)
    if answer.raised is not None:
        return "raises" if answer.line is None or answer.line <= case.source.count("\n") else "fine"
    return "broadcasts" if "STRETCHED True" in answer.stdout else "fine"


@pytest.mark.parametrize("number", range(CASES))
def test_a_use_of_a_model_ends_as_keras_ends_it(number: int) -> None:
    case = training_cases.case(random.Random(SEED * 1_000_003 + number))
    said = ours(case.source)
    if said != "unknown":
        assert said == real(case), case.source


def test_the_generated_programs_are_mostly_understood() -> None:
    said = [ours(training_cases.case(random.Random(SEED * 1_000_003 + n)).source) for n in range(150)]
    assert said.count("unknown") < 0.2 * len(said)
    assert {"raises", "broadcasts", "fine"} <= set(said)
