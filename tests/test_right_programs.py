"""Programs that Keras runs: nothing is told of them. Each was found in the wild, or is what was left of one, with an error or a warning that was not so."""

from __future__ import annotations

import pathlib

import pytest

from lstmlint.packs import load_pack
from lstmlint.rule import Severity
from lstmlint.runner import check_source
from tests import oracle

load_pack("lstmlint_rules")

PROGRAMS = {
    path.stem: path.read_text(encoding="utf-8")
    for path in sorted(pathlib.Path(__file__).parent.glob("data/right/*.py"))
}
PRIVATE = "private-keras"
"""What is told of the two programs that import TensorFlow's private copy."""


@pytest.mark.parametrize("text", PROGRAMS.values(), ids=PROGRAMS)
def test_nothing_is_told(text: str) -> None:
    told = [f for f in check_source(text) if f.severity is not Severity.INFO and f.name != PRIVATE]
    assert [(f.span.row, f.code, f.message) for f in told] == []


@pytest.mark.keras
@pytest.mark.parametrize("text", PROGRAMS.values(), ids=PROGRAMS)
def test_keras_runs_it(text: str) -> None:
    answer = oracle.ask(text)
    assert answer.raised is None, answer.message
