"""Nothing breaks on programs that nobody would write: a short, fixed run of the fuzzer."""

from __future__ import annotations

import pytest

from tests.fuzz import __main__ as fuzz
from tests.fuzz import attack


@pytest.mark.parametrize("seed", range(4))
def test_no_program_breaks_lstmlint(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lstmlint.interpret.machine.STRICT", True)
    tried, broken = fuzz.run(30, seed)
    assert sum(tried.values()) == 30
    assert not broken, next(iter(broken.values()))


def test_processes_share_the_same_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "BATCH", 3)
    alone = dict(fuzz.batches(8, 5, (), jobs=1))
    assert [tried.total() for tried, _ in alone.values()] == [3, 3, 2]
    assert dict(fuzz.batches(8, 5, (), jobs=2)) == alone


def test_a_rule_that_fails_is_found_by_the_attack(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("lstmlint.interpret._one_way", fail)
    found = attack.attack("import keras\n")
    assert found is not None
    assert "internal error" in found.what
