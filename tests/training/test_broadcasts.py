"""The rules that speak of silent broadcasts are right about the effect: the installed Keras stretches, and says nothing."""

from __future__ import annotations

import importlib

import pytest

from .. import oracle
from .test_training_differential import WATCHED

RULES = ("outputs.sequence_broadcasts", "outputs.target_broadcasts")
CASES = [
    (rule, kind, number, program)
    for rule in RULES
    for kind in ("BAD", "GOOD")
    for number, program in enumerate(getattr(importlib.import_module(f"lstmlint_rules.{rule}"), kind))
]


@pytest.mark.keras
@pytest.mark.parametrize("rule, kind, number, program", CASES, ids=[f"{r}-{k}-{n}" for r, k, n, _ in CASES])
def test_the_loss_is_stretched_in_the_bad_examples_only(rule: str, kind: str, number: int, program: str) -> None:
    answer = oracle.ask(WATCHED + program)
    assert answer.raised is None
    assert ("STRETCHED" in answer.stdout) == (kind == "BAD")
