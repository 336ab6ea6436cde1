"""What earlier answers about a number say of the next question: what is so of every number that they allow, and nothing else."""

from __future__ import annotations

import operator
import random

import pytest

from lstmlint.interpret.implied import implied

ASKED = {"==": operator.eq, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
NUMBERS = [quarter / 4 for quarter in range(-12, 40)]
"""Whole numbers up to nine, what is between them and what is beyond."""

Key = tuple[str, str, tuple[str, str]]


def _asked(chance: random.Random) -> Key:
    return chance.choice(list(ASKED)), "n", ("constant", str(chance.randint(-1, 8)))


def _holds(key: Key, number: float) -> bool:
    return bool(ASKED[key[0]](number, int(key[2][1])))


@pytest.mark.parametrize("start", range(0, 2000, 500))
def test_what_is_implied_is_so_of_all_numbers_that_are_left(start: int) -> None:
    told = 0
    for seed in range(start, start + 500):
        chance = random.Random(seed)
        made = {_asked(chance): chance.random() < 0.5 for _ in range(chance.randint(1, 6))}
        key = _asked(chance)
        answers = {_holds(key, n) for n in NUMBERS if all(_holds(known, n) == answer for known, answer in made.items())}
        expected = answers.pop() if len(answers) == 1 else None
        assert implied(key, dict(made)) is expected, (key, made)
        told += expected is not None
    assert told > 50
