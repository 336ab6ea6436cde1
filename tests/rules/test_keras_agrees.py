"""Real Keras raises on every BAD example of an error rule, and on no GOOD example of any rule."""

from __future__ import annotations

import importlib

import pytest

from lstmlint.packs import load_pack
from lstmlint.rule import Severity, all_rules

from .. import oracle

load_pack("lstmlint_rules")
CASES = [
    (rule, kind, number, program)
    for rule in all_rules()
    for kind in ("BAD", "GOOD")
    for number, program in enumerate(getattr(importlib.import_module(rule.module), kind))
]


@pytest.mark.keras
@pytest.mark.parametrize(
    "rule, kind, number, program", CASES, ids=[f"{rule.name}-{kind}-{number}" for rule, kind, number, _ in CASES]
)
def test_keras_agrees(rule, kind, number, program) -> None:  # type: ignore[no-untyped-def]
    answer = oracle.ask(program)
    if kind == "BAD" and rule.severity is Severity.ERROR:
        assert answer.raised is not None, f"an error that Keras doesn't raise:\n{program}"
    else:
        assert answer.raised is None, f"{answer.message}\n{program}"
