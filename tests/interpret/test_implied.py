"""What earlier answers about a number say of the next question: what is so of every number that they allow, and nothing else."""

from __future__ import annotations

import operator
import random
from collections.abc import Hashable, Sequence

import pytest

from lstmlint.interpret.implied import Answers, implied

ASKED = {"==": operator.eq, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
NUMBERS = [quarter / 4 for quarter in range(-12, 40)]
"""Whole numbers up to nine, what is between them and what is beyond."""
SIZE = ("dim", "n", 1, 0, 9)
"""A whole number from 0 to 9."""

Key = tuple[str, Hashable, tuple[str, str]]


def _asked(chance: random.Random, of: Hashable) -> Key:
    return chance.choice(list(ASKED)), of, ("constant", str(chance.randint(-1, 8)))


def _holds(key: Key, number: float) -> bool:
    return bool(ASKED[key[0]](number, int(key[2][1])))


@pytest.mark.parametrize(("of", "numbers"), [("n", NUMBERS), (SIZE, range(10))], ids=["number", "size"])
@pytest.mark.parametrize("start", range(0, 2000, 500))
def test_what_is_implied_is_so_of_all_numbers_that_are_left(start: int, of: Hashable, numbers: Sequence[float]) -> None:
    told = 0
    for seed in range(start, start + 500):
        chance = random.Random(seed)
        made = {_asked(chance, of): chance.random() < 0.5 for _ in range(chance.randint(1, 6))}
        key = _asked(chance, of)
        answers = {_holds(key, n) for n in numbers if all(_holds(known, n) == answer for known, answer in made.items())}
        expected = answers.pop() if len(answers) == 1 else None
        assert implied(key, Answers(made)) is expected, (key, made)
        told += expected is not None
    assert told > 50


def test_answers_are_found_by_what_they_are_about_in_copies_and_when_more_are_given() -> None:
    whole = ("and", ("==", "kind", ("constant", "'a'")), ("not", "flag"))
    answers = Answers({("<", "n", ("constant", "3")): True})
    assert implied((">", "n", ("constant", "5")), answers) is False
    copy = Answers(answers)
    copy[whole] = False
    copy["flag"] = True
    assert copy.wholes("flag") == copy.wholes(whole[1]) == [whole]
    assert answers.wholes("flag") == []
    copy[(">", "n", ("constant", "1"))] = True
    assert implied(("==", "n", ("constant", "0")), copy) is False
    assert implied(("==", "n", ("constant", "0")), answers) is None
    assert copy.setdefault("flag", False) is True
