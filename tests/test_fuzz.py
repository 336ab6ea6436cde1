"""Nothing breaks on programs that nobody would write: a short, fixed run of the fuzzer."""

from __future__ import annotations

import pytest

from tests.fuzz import __main__ as fuzz
from tests.fuzz import attack


@pytest.mark.parametrize("seed", range(4))
def test_no_program_breaks_lstmlint(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lstmlint.interpret.machine.STRICT", True)
    tried, broken = fuzz.run(30, seed, [])
    assert sum(tried.values()) == 30
    assert not broken, next(iter(broken.values()))


def test_a_rule_that_fails_is_found_by_the_attack(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("lstmlint.interpret._one_way", fail)
    found = attack.attack("import keras\n")
    assert found is not None
    assert "internal error" in found.what
