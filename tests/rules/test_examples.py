"""Each rule reports its BAD examples and is silent on its GOOD ones, as is every error rule."""

from __future__ import annotations

import importlib

import pytest

from lstmlint.packs import load_pack
from lstmlint.rule import Rule, all_rules
from lstmlint.runner import Options, check_source

load_pack("lstmlint_rules")
CASES = [
    (rule, kind, number, program)
    for rule in all_rules()
    for kind in ("BAD", "GOOD")
    for number, program in enumerate(getattr(importlib.import_module(rule.module), kind))
]


@pytest.mark.parametrize(
    "rule, kind, number, program", CASES, ids=[f"{rule.name}-{kind}-{number}" for rule, kind, number, _ in CASES]
)
def test_example(rule: Rule, kind: str, number: int, program: str) -> None:
    found = check_source(program, options=Options(select=("ALL",)))
    codes = [finding.code for finding in found]
    if kind == "BAD":
        assert rule.code in codes
    else:
        assert rule.code not in codes
        assert [finding.message for finding in found if finding.severity == "error"] == []
