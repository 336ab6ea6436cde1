"""Loops: unrolled while that is cheap, followed once where it isn't, and what they change is then not known."""

from __future__ import annotations

import time
from typing import Any

from lstmlint.interpret import follow
from lstmlint.source import Source
from lstmlint.syntax import parse


def _names(source: str) -> dict[str, Any]:
    return follow(parse(Source("loops.py", source))).ways[0].names


def test_training_loops_inside_training_loops_do_not_eat_the_budget() -> None:
    started = time.process_time()
    names = _names(
        """
import numpy as np
total = 0
for episode in range(600):
    for step in range(200):
        x = np.zeros((4, 8))
        y = x * 2 + 1
        total = total + 1
after = np.zeros((3, 5)).shape
"""
    )
    assert names["after"] == (3, 5)
    assert not isinstance(names["total"], int)
    assert time.process_time() - started < 8


def test_a_loop_that_builds_is_unrolled_to_its_end() -> None:
    names = _names(
        "sizes = []\nfor i in range(12):\n    for j in range(9):\n        sizes.append(i * j)\nn = len(sizes)\n"
    )
    assert names["n"] == 108


def test_attributes_and_globals_that_a_loop_of_unknown_length_changes_are_not_known() -> None:
    names = _names(
        """
import sys
class Counter:
    def __init__(self):
        self.n = 0
counter = Counter()
steps = 5
def advance():
    global steps
    for line in sys.stdin:
        counter.n += 1
        steps += 1
advance()
kept = counter.n
"""
    )
    assert not isinstance(names["kept"], int), names["kept"]
    assert not isinstance(names["steps"], int), names["steps"]


def test_a_generator_without_an_end_shows_a_few_of_its_items() -> None:
    names = _names(
        """
import numpy as np
def batches(n):
    while True:
        for i in range(n):
            yield np.zeros((4, 8)), np.zeros((4,))
stream = batches(50)
x, y = next(stream)
shape = x.shape
def counted():
    i = 0
    while True:
        if i == 12:
            return
        yield i
        i += 1
numbers = list(counted())
"""
    )
    assert names["shape"] == (4, 8)
    assert names["numbers"].items == list(range(12))
