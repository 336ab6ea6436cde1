"""How much work one file may cost: steps, call depth, ways through it, seconds."""

from __future__ import annotations

import time
from dataclasses import dataclass, field


class OutOfBudget(Exception):
    """The file's budget is used up; `reason` says which part of it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(slots=True)
class Budget:
    """Limits for following one file.

    steps       statements and calls in one way through it
    depth       nested calls of the user's functions
    ways        how often the module is followed with other decisions
    iterations  turns of one loop that are unrolled
    seconds     for everything together
    """

    steps: int = 400_000
    depth: int = 60
    ways: int = 12
    iterations: int = 3_000
    seconds: float = 10.0
    used: int = 0
    started: float = field(default_factory=time.monotonic)

    def step(self) -> None:
        """Count one step; OutOfBudget when there are none left."""
        self.used += 1
        if self.used > self.steps:
            raise OutOfBudget(f"the file needs more than {self.steps:,} steps to follow")
        if not self.used & 1023 and self.late:
            raise OutOfBudget(f"the file takes longer than {self.seconds:g} s to follow")

    @property
    def late(self) -> bool:
        """Is the time used up?"""
        return time.monotonic() - self.started > self.seconds

    def new_way(self) -> None:
        """Steps count afresh on each way; the time does not."""
        self.used = 0
