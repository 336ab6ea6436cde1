"""What takes longer than its budget is interrupted, and only that."""

from __future__ import annotations

import time

import pytest

from lstmlint.interpret import Budget
from lstmlint.interpret.watch import Overdue, run_watched


def endless(budget: Budget) -> str:
    """Work without an end, which says what ended it."""
    try:
        with budget.at_work():
            while True:
                pass
    except Overdue as overdue:
        return overdue.reason


@pytest.mark.parametrize("clock", ["of the thread", "of the process"])
def test_a_step_without_an_end_is_interrupted(clock: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if clock == "of the process":
        monkeypatch.delattr(time, "pthread_getcpuclockid", raising=False)
    budget = Budget(seconds=0.1)
    assert "takes longer" in run_watched(lambda: endless(budget), budget)


def test_what_is_only_waiting_or_not_at_work_is_left_alone() -> None:
    budget = Budget(seconds=0.05)

    def slow() -> str:
        with budget.at_work():
            time.sleep(0.3)
        until = time.thread_time() + 0.3
        while time.thread_time() < until:
            pass
        return "done"

    assert run_watched(slow, budget) == "done"


def test_what_fails_in_the_thread_fails_outside() -> None:
    with pytest.raises(ZeroDivisionError):
        run_watched(lambda: 1 // 0, Budget())
