"""Trials: a function or method that nobody calls is followed once more, otherwise than before, to see which of its faults come again."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any

from ..faults import Fault
from ..frozen import dataclass
from ..values import ClassValue, FunctionValue, Object, Value
from .apart import mentioned_by
from .earlier import Then
from .implied import Answers, implied

if TYPE_CHECKING:
    from .machine import Machine
    from .scopes import Scope

_MOST = 8
"""Decisions of one constructor that are tried the other way."""


@dataclass(slots=True, eq=False)
class Trial:
    """What came about while something was followed on trial."""

    faults: set[tuple[str, int]] = field(default_factory=set)
    """The faults, by kind and node."""
    reached: set[int] = field(default_factory=set)
    """The nodes that have asked anything of a library, by identity."""

    def has(self, fault: Fault) -> bool:
        """Did the fault come again?"""
        return (fault.kind, id(fault.place.node)) in self.faults

    def refutes(self, fault: Fault) -> bool:
        """Was everything well at the same place?"""
        node = id(fault.place.node)
        return node in self.reached and all(other != node for _, other in self.faults)


@contextmanager
def on_trial(machine: Machine) -> Iterator[Trial]:
    """Meanwhile the machine follows something on trial: afterwards nothing of it is left but what the trial says."""
    trial, record, outer, decisions = Trial(), machine.record, machine.trial, machine.decisions
    copies: dict[str, Any] = {name: list(items) for name, items in record.lists().items()}
    machine.record, machine.trial = replace(record, **copies), trial.reached
    decided, names, start = decisions.copies(), machine.names_used(), decisions.start
    called = [function for function in machine.functions if not function.called]
    try:
        yield trial
        found = machine.record.faults[len(record.faults) :]
        trial.faults.update((fault.kind, id(fault.place.node)) for fault in found)
    finally:
        machine.record, machine.trial = record, outer
        decisions.made, decisions.open, decisions.idle = decided
        decisions.start = start
        machine.use_up_names(names)
        for function in called:
            function.called = False


def keep_what_comes_again(machine: Machine, before: int, run: Callable[[], object]) -> None:
    """Of the faults since `before` keep those that a trial comes to as well."""
    with on_trial(machine) as trial:
        run()
    machine.record.faults[before:] = [fault for fault in machine.record.faults[before:] if trial.has(fault)]


@dataclass(frozen=True, slots=True, eq=False)
class Maker:
    """How other instances of a class are made whose methods nobody calls here."""

    cls: ClassValue
    scope: Scope
    make: Callable[[dict[str, Value]], Value]
    """Calls the constructor with arguments by name."""
    given: dict[str, Value]
    """What it may be given instead of its defaults."""
    takes_any: bool
    """Has the constructor a parameter like `**options`?"""
    prepare: list[tuple[FunctionValue, set[str]]] = field(default_factory=list)
    """The methods that have changed the first instance, in order, and which attributes."""

    def before(self, method: FunctionValue) -> Maker:
        """The same, with those of the methods before it that change what this one reads."""
        found: list[tuple[FunctionValue, set[str]]] = []
        read = mentioned_by(self.cls, method)
        for other, names in reversed(self.prepare):
            if read is None or not read.isdisjoint(names):
                found.insert(0, (other, names))
                further = mentioned_by(self.cls, other)
                read = None if read is None or further is None else read | further
        return replace(self, prepare=found)

    def given_also(self, more: dict[str, Value]) -> Maker:
        """The same, with more that the constructor may be given."""
        return replace(self, given={**self.given, **more}) if more else self

    def asked(self, machine: Machine) -> list[Hashable]:
        """The conditions that the constructor and the methods before have asked by now, not the module, and that can't be known."""
        decisions, maker = machine.decisions, id(self.cls.node)
        own = {maker, *((maker, id(method.node)) for method, _ in self.prepare)}
        starts = ((key, decisions.asked_in.get(key, set())) for key in decisions.made)
        return [key for key, where in starts if None not in where and not own.isdisjoint(where)]

    def another(self, machine: Machine, call: Callable[[FunctionValue, Object], Value]) -> Value:
        """Another instance, on which the same methods were called."""
        decisions = machine.decisions
        start, maker = decisions.start, id(self.cls.node)
        try:
            decisions.start = maker
            instance = self.make(self.given)
            for method, _ in self.prepare if isinstance(instance, Object) else ():
                decisions.start = (maker, id(method.node))
                call(method, instance)
        finally:
            decisions.start = start
        return instance


def keep_what_holds_for_all(
    machine: Machine,
    before: int,
    maker: Maker,
    prepare: Callable[[FunctionValue, Object], Value],
    run: Callable[[Object], object],
) -> None:
    """Of the faults since `before` drop those that don't come about for an object that was made otherwise.

    That is one whose constructor was given what is empty by default, or took the other side of one of its conditions (so may a method
    that has changed the object before): whoever calls the method knows for which objects it is. What the method doesn't come to on such an object, because it asks itself, stays.
    """
    faults, decisions = machine.record.faults, machine.decisions
    makes_others = bool(maker.given) or maker.takes_any
    if not (makes_others or maker.asked(machine)):
        return
    others = None if makes_others else _others(machine, maker)
    while len(faults) > before and others != []:
        turned = others.pop(0) if others is not None else {}
        with Then(maker.scope.names).again({}), on_trial(machine) as trial:
            decisions.made = _turned(decisions.made, turned, maker.asked(machine))
            instance = maker.another(machine, prepare)
            trial.reached.clear()
            if others is None:
                others = _others(machine, maker)
            if isinstance(instance, Object):
                run(instance)
        faults[before:] = [fault for fault in faults[before:] if not trial.refutes(fault)]


def _others(machine: Machine, maker: Maker) -> list[dict[Hashable, bool]]:
    """The other side of each of the first conditions that were asked on the way to the instance."""
    return [{key: not machine.decisions.made[key]} for key in maker.asked(machine)[:_MOST]]


def _turned(made: Answers, turned: dict[Hashable, bool], asked: list[Hashable]) -> Answers:
    """The decisions with another answer to one of the `asked`, and without those that were asked after it."""
    if not turned:
        return made
    before = itertools.takewhile(lambda key: key not in turned, asked)
    of_constructor = Answers({key: made[key] for key in before} | turned)
    rest = {key: answer for key, answer in made.items() if key not in asked}
    return Answers(
        of_constructor | {k: answer for k, answer in rest.items() if implied(k, of_constructor) in (None, answer)}
    )
