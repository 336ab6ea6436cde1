"""Grows programs with inputs that nobody but the one who runs them knows: for Python with values, for the interpreter read from files."""

from __future__ import annotations

import random
from typing import Any

from .grown import Grower

INPUTS = {
    "uint": ("int", "int(open('a').read())"),
    "ubool": ("bool", "bool(open('b').read())"),
    "ustr": ("str", "open('c').read()"),
    "ulist": ("list", "[int(x) for x in open('d').read().split()]"),
}
"""Each input with its kind and with how a program reads it."""


class WithInputs(Grower):
    """Writes a program that uses one or two inputs, in conditions, in loops and in sums."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.inputs = self.chance.sample(list(INPUTS), self.chance.choice([1, 1, 1, 2]))
        self.names.update((name, INPUTS[name][0]) for name in self.inputs)

    def name(self, kind: str) -> str | None:
        """A name of this kind: an input more often than by chance."""
        own = [name for name in self.inputs if INPUTS[name][0] == kind]
        return own[0] if own and self.chance.random() < 0.25 else super().name(kind)

    def loop(self, indent: int) -> None:
        """Every other loop goes over an input, where there is one to go over."""
        over = [text for name, text in (("ulist", "ulist"), ("uint", "range(uint)")) if name in self.inputs]
        if not over or self.chance.random() < 0.5:
            super().loop(indent)
            return
        self.each(indent, self.chance.choice(over))

    def reading(self) -> str:
        """How the program reads its inputs."""
        return "".join(f"{name} = {INPUTS[name][1]}\n" for name in self.inputs)

    def values(self) -> dict[str, Any]:
        """Some values for them."""
        chance: random.Random = self.chance
        made = {
            "uint": chance.choice([0, 1, 2, 3, 5, 7]),
            "ubool": chance.choice([True, False]),
            "ustr": chance.choice(["", "a", "lstm", "x,y"]),
            "ulist": [chance.randint(0, 5) for _ in range(chance.choice([0, 1, 2, 4, 6]))],
        }
        return {name: made[name] for name in self.inputs}
