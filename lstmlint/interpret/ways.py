"""Decisions at conditions that can't be known: one list of decisions is one way through the program."""

from __future__ import annotations

import ast
from collections import Counter, deque
from collections.abc import Hashable, Iterable, Set
from dataclasses import field
from typing import TYPE_CHECKING, Any

from ..frozen import dataclass
from ..places import Place
from ..program import Turn
from .implied import Answers, implied, is_not, is_whole

if TYPE_CHECKING:
    from .apart import Findings


@dataclass(frozen=True, slots=True)
class Question:
    """A condition that can't be known: where it stands, and in words what its two answers mean there ("this is true")."""

    place: Place
    yes: str = "this is true"
    no: str = "this is false"

    def negated(self) -> Question:
        """The same about the opposite condition, at the same place."""
        return Question(self.place, self.no, self.yes)


@dataclass(slots=True, eq=False)
class Decisions:
    """The decisions of one way. `forced` come from an earlier way; `made` are all of this one, in order."""

    earlier: Decisions | None = None
    """The way that this one goes along with up to a decision; None for the first."""
    turned_at: Hashable = None
    """The decision of that way from which on this one differs."""

    forced: dict[Hashable, bool] = field(default_factory=dict)
    made: Answers = field(default_factory=Answers)
    open: list[Hashable] = field(default_factory=list)
    """Decisions whose other side is worth a way of its own."""
    idle: set[Hashable] = field(default_factory=set)
    """Decisions on which nothing depends as yet that is worth one."""
    again: frozenset[Hashable] | None = None
    """The only functions and classes nobody calls that this way follows, None for all: see `apart`."""
    findings: dict[Hashable, Findings] = field(default_factory=dict)
    """What is known of each such start."""
    start: Hashable = None
    """The start that is being followed."""
    questions: dict[Hashable, Question] = field(default_factory=dict)
    """How each condition was first asked."""
    asked_in: dict[Hashable, set[Hashable]] = field(default_factory=dict)
    """In which starts each condition was asked; None stands for the module itself."""
    linked: dict[Hashable, frozenset[Hashable]] = field(default_factory=dict)
    """Starts that are only followed together: methods that change what the others see."""
    imported: set[Hashable] = field(default_factory=set)
    """Conditions that another module asked while it was imported."""
    imports_many: bool = False
    """Were so many modules imported that their own conditions are not worth a way each?"""
    count: int = 0
    """How often a condition was asked that can't be known."""
    apart: bool = False
    """Did no start change what another one could see?"""

    def decide(
        self, key: Hashable, default: bool, worthwhile: bool, question: Question, *, as_yet: bool = False
    ) -> bool:
        """The answer for the condition `key`: as before within this way, as forced, or the default.

        That its other side is not worth a way may be so only `as_yet`, until something else depends on it.
        """
        self.count += 1
        self.asked_in.setdefault(key, set()).add(self.start)
        found = self.made.get(key)
        if found is None:
            found = implied(key, self.made)
            if found is None:
                found = self._left_by_wholes(key)
            if found is not None:
                return found
            found = self.forced.get(key, default)
            self.made[key] = found
            self.questions[key] = question
            if worthwhile:
                self.open.append(key)
            elif as_yet:
                self.idle.add(key)
        elif worthwhile and key in self.idle:
            self.idle.remove(key)
            self.open.append(key)
        return found

    def shelve(self, keys: Iterable[Hashable]) -> None:
        """Nothing depends on these decisions as yet that is worth a way."""
        for key in keys:
            if key in self.open:
                self.open.remove(key)
                self.idle.add(key)

    def decided(self, key: Hashable) -> bool | None:
        """The answer for a condition, with `not`, `and` and `or` as well, as far as earlier ones have given it."""
        if not is_whole(key) and not is_not(key):
            found = self.made.get(key)
            return implied(key, self.made) if found is None else found
        answers = [self.decided(part) for part in key[1:]]
        if key[0] == "not":
            return None if answers[0] is None else not answers[0]
        ends = key[0] == "or"
        return ends if ends in answers else None if None in answers else not ends

    def note_whole(self, key: Hashable, answer: bool, question: Question) -> bool:
        """Note the answer for a condition with `and` or `or`, whether its parts have been decided or are left open."""
        if key not in self.made:
            self.made[key] = answer
            self.questions[key] = question
        return answer

    def _left_by_wholes(self, key: Hashable) -> bool | None:
        """What a condition has to be because one that it is a part of was decided as a whole: `a` is true where `a and b` is, and false where that
        is not, but `b` is."""
        for whole in self.made.wholes(key):
            others = [part for part in whole[1:] if part not in (key, ("not", key))]
            if len(others) != len(whole) - 2:
                continue
            ends = whole[0] == "or"
            if self.made[whole] is not ends:
                return (not ends) is (key in whole)
            if all(self.decided(part) is (not ends) for part in others):
                return ends is (key in whole)
        return None

    def copies(self) -> tuple[Answers, list[Hashable], set[Hashable]]:
        """What has been decided, and what of it is open or idle: for a trial whose own decisions shall lead to no way."""
        return Answers(self.made), list(self.open), set(self.idle)

    def turn_at(self, key: Hashable) -> Turn:
        """The turn of a way that decides about `key` otherwise."""
        node = self.questions[key].place.node
        try:
            text = ast.unparse(node)
        except RecursionError:  # what can't be written is like no other
            text = f"condition {id(node)}"
        return text, not self.made[key]

    def turned(self, key: Hashable) -> Decisions:
        """The way that is like this one up to the decision about `key`, and there takes the other side."""
        forced: dict[Hashable, bool] = {}
        for other, decided in self.made.items():
            if other == key:
                break
            forced[other] = decided
        forced[key] = not self.made[key]
        starts = frozenset(self.asked_in[key])
        if self.apart and None not in starts:
            again = frozenset().union(*(self.linked.get(start, {start}) for start in starts))
            return Decisions(self, key, forced, again=again, findings=dict(self.findings), linked=dict(self.linked))
        return Decisions(self, key, forced)


_TURNS = 2


@dataclass(slots=True)
class Ways:
    """The ways that are still to be followed. Each branch is seen once; not every combination of branches.

    A condition of a loop or of a function that is called often asks about something else each time. That it goes the other way is
    tried a few times, so that the ways last for other conditions too.
    """

    waiting: deque[tuple[Decisions, Hashable]] = field(default_factory=deque)
    """Decisions of earlier ways whose other side waits for a way of its own."""
    seen: set[tuple[Hashable, bool]] = field(default_factory=set)
    turns: Counter[tuple[int, bool]] = field(default_factory=Counter)
    """How often a condition of the program was turned to a side."""
    passed: list[tuple[Hashable, bool]] = field(default_factory=list)
    """What was not turned because that had been tried often enough."""
    skipped: Set[Turn] = frozenset()
    """Turns that no way is to take."""
    begun: bool = False

    def next(self) -> Decisions | None:
        """The next way, None when each branch has been seen."""
        if not self.begun:
            self.begun = True
            return Decisions()
        while self.waiting:
            way, key = self.waiting.popleft()
            other = not way.made[key]
            if (key, other) in self.seen or (self.skipped and way.turn_at(key) in self.skipped):
                continue
            turn = id(way.questions[key].place.node), other
            if self.turns[turn] < _TURNS:
                self.turns[turn] += 1
                return way.turned(key)
            self.passed.append((key, other))
        return None

    @property
    def left(self) -> bool:
        """Is there a branch that has not been seen?"""
        waiting = ((key, not way.made[key]) for way, key in self.waiting)
        return any(branch not in self.seen for branches in (self.passed, waiting) for branch in branches)

    def finished(self, way: Decisions) -> None:
        """Take note of the branches that a way has seen, and plan those that it has not."""
        self.seen.update(way.made.items())
        for key in way.open:
            branch = key, not way.made[key]
            if way.imports_many and key in way.imported:
                self.passed.append(branch)
            elif branch not in self.seen:
                self.waiting.append((way, key))


_LARGEST_KEY = 200
"""Parts of a key. A sum that is doubled forty times shares its parts, but hashing it visits each of them anew, 2**40 times."""


def bounded(key: Any) -> Any:
    """The key of a condition, or None where it has grown so large or deep that asking for it would never end, or end Python."""
    waiting, parts = [key], 0
    while waiting:
        part = waiting.pop()
        parts += 1
        if parts > _LARGEST_KEY:
            return None
        if isinstance(part, tuple):
            waiting += part
    return key


def ends_in_raise(body: list[ast.stmt]) -> bool:
    """Does this block surely end by raising (or by leaving the program)?"""
    if not body:
        return False
    last = body[-1]
    if isinstance(last, ast.Raise):
        return True
    if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call):
        function = last.value.func
        text = (
            function.attr
            if isinstance(function, ast.Attribute)
            else function.id
            if isinstance(function, ast.Name)
            else ""
        )
        return text in ("exit", "quit", "_exit", "abort")
    return False
