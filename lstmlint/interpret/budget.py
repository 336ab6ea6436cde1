"""How much work one file may cost: steps, call depth, ways through it, seconds."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..values import Object, Value

if TYPE_CHECKING:
    from ..program import Record

_FEW_TURNS = 16
"""A loop of fewer turns is always unrolled if it builds a model, one block a turn."""
_SAME_TURNS = 3
"""After so many turns that built nothing, the next ones will hardly build another thing (epochs, batches)."""
_COSTLY_TURNS = 2
"""Of a loop that has cost enough by then and builds nothing, so many turns are followed."""
_CHEAP_TURN = 10
"""Steps of a turn that does no more than put samples into lists."""


class OutOfBudget(Exception):
    """The file's budget is used up; `reason` says which part of it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(slots=True)
class Turns:
    """The turns of one loop while it is unrolled: what they have cost, and which one was the last to build a layer or a model."""

    budget: Budget
    record: Record
    items: Sequence[Value] = ()
    """What they go through, where that is known."""
    objects: bool = field(init=False)
    """Are these layers, models or other objects, by themselves or with their number or name? Each of them may become another thing."""
    turn: int = 0
    began: int = field(init=False)
    built: int = field(init=False)
    last: int = -1

    def __post_init__(self) -> None:
        first = self.items[0] if self.items else None
        self.objects = any(isinstance(part, Object) for part in (first if isinstance(first, tuple) else (first,)))
        self.began, self.built = self.budget.used, self.record.built

    @property
    def cost(self) -> int:
        """The steps up to here."""
        return self.budget.used - self.began

    def begin(self, turn: int) -> None:
        """The next turn begins."""
        self.turn = turn
        if self.record.built > self.built:
            self.built, self.last = self.record.built, turn

    def are_enough(self) -> bool:
        """Shall the turn that has begun stand for all that are left? (See `Budget.long_loop`.)"""
        return self.budget.long_loop(self.turn, self.cost, 0 if self.objects else self.turn - self.last)

    def done(self) -> None:
        """Take note of what the loop has cost."""
        self.budget.loop_done(self.turn, self.cost)


@dataclass(slots=True)
class Budget:
    """Limits for following one file.

    steps       statements and calls in one way through it
    depth       nested calls of the user's functions
    ways        how often the module is followed with other decisions
    all_ways    statements and calls after which no further way is begun
    iterations  turns of one loop that are unrolled
    seconds     of the processor's time, for everything together: a busy machine changes no finding
    """

    steps: int = 400_000
    depth: int = 60
    ways: int = 12
    all_ways: int = 16_000
    iterations: int = 3_000
    seconds: float = 10.0
    used: int = 0
    total: int = 0
    """Steps of the ways before this one."""
    unrolled: int = 0
    started: float = field(default_factory=time.thread_time)
    busy: bool = False
    """Is the program being followed now, so that an exception may end that?"""

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """While the program is being followed."""
        self.busy = True
        try:
            yield
        finally:
            self.busy = False

    def start(self) -> None:
        """The time begins now, and is that of the thread that asks."""
        self.started = time.thread_time()

    def step(self) -> None:
        """Count one step; OutOfBudget when there are none left."""
        self.used += 1
        if self.used > self.steps:
            raise OutOfBudget(f"the file needs more than {self.steps:,} steps to follow")
        if not self.used & 255 and self.late:
            raise OutOfBudget(f"the file takes longer than {self.seconds:g} s to follow")

    @property
    def hurried(self) -> bool:
        """Has so much been used up that following the program from its start may not come as far again?"""
        return self.used > self.steps // 2 or time.thread_time() - self.started > self.seconds / 3

    def anew(self) -> None:
        """The program is followed from its start again: what it has cost so far is not counted, but for the time."""
        self.total = self.used = 0

    @property
    def late(self) -> bool:
        """Is the time used up?"""
        return time.thread_time() - self.started > self.seconds

    def long_loop(self, turns: int, steps: int, idle: int) -> bool:
        """Has a loop cost so much that its next turn shall stand for all that are left?

        The first long loops of a file that build a model are unrolled far. One that has built nothing in its last, `idle`, turns (it prepares
        data) gets a small share, and so does each later one once they have cost enough. It is half of that where turns cost much (training).
        """
        builds = idle < _SAME_TURNS
        if turns < (_FEW_TURNS if builds else _COSTLY_TURNS):
            return False
        if builds and self.unrolled < self.steps // 20:
            return steps > self.steps // 40
        return steps > self.steps // (400 if builds or steps <= turns * _CHEAP_TURN else 800)

    def loop_done(self, turns: int, steps: int) -> None:
        """Take note of what a loop has cost."""
        if turns >= _FEW_TURNS:
            self.unrolled += steps

    def new_way(self) -> None:
        """Steps count afresh on each way; the time does not."""
        self.total += self.used
        self.used = self.unrolled = 0

    @property
    def spent(self) -> bool:
        """Have the ways so far cost so much, in steps or in time, that no other one shall be followed?"""
        return self.late or self.total + self.used > self.all_ways
