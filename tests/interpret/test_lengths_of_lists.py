"""How many items lists have that loops within loops fill, of which most are not followed to their end: as many as in Python, or it is not known."""

from __future__ import annotations

import itertools
import math
import random
from typing import Any

import pytest

from lstmlint.interpret import follow
from lstmlint.source import Source
from lstmlint.syntax import parse

MOST_TURNS = 300_000
"""Turns of the innermost loops that Python shall take for one program."""


class Filler:
    """Writes programs that fill the lists `a` and `b`."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def program(self) -> str:
        """One program, as long as it takes no more turns than Python can take in no time."""
        while True:
            self.turns: list[int] = []
            lines = [
                line
                for _ in range(self.chance.randint(1, 3))
                for line in self.chance.choice([self.loop, self.filled])(0)
            ]
            if self.turns and math.prod(self.turns) <= MOST_TURNS:
                return "\n".join(["a, b = [], []", *lines, ""])

    def filled(self, depth: int) -> list[str]:
        name, count = self.chance.choice("ab"), self.chance.randint(1, 3)
        one = [f"{name}.append([0, 0])"]
        ways = [
            one,
            one,
            [f"{name}.extend([[0, 0]] * {count})"],
            [f"{name} += [[0, 0]]"],
            [f"{name}.insert(0, [0, 0])"],
            ["x = 3"] * count,
        ]
        return self.loop(depth) if depth < 3 and self.chance.random() < 0.4 else self.chance.choice(ways)

    def loop(self, depth: int) -> list[str]:
        name, turns = "ijkl"[depth], self.chance.choice([3, 20, 60, 200] if depth else [5, 30, 70, 200, 700])
        self.turns.append(turns)
        body = list(itertools.chain(*(self.filled(depth + 1) for _ in range(self.chance.randint(1, 3)))))
        at_times = self.chance.random()
        if at_times < 0.15:
            body = [f"if {name} % 2 == 0:", *(f"    {line}" for line in body)]
        elif at_times < 0.3:
            body = [f"if {name} == {turns // 2}:", self.chance.choice(["    continue", "    break"]), *body]
        return [f"for {name} in range({turns}):", *(f"    {line}" for line in body)]


@pytest.mark.parametrize("start", range(0, 160, 40))
def test_lists_are_as_long_as_in_python(start: int) -> None:
    known = 0
    for seed in range(start, start + 40):
        source = Filler(seed).program()
        expected: dict[str, Any] = {}
        exec(source, expected)
        names = follow(parse(Source("filled.py", source))).ways[0].names
        for name in "ab":
            found = names[name]
            length = len(found.items) if not found.open else None if found.length is None else found.length.known
            known += length is not None
            assert length in (None, len(expected[name])), source
    assert known > 30
