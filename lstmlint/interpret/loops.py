"""Loops: unrolled over what is known; followed once, and what they changed marked, over what is not."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from ..dims import UNKNOWN, Dim, same
from ..libs.bridge import turns_of
from ..libs.slices import loop_index
from ..values import (
    IteratorValue,
    ListValue,
    RangeValue,
    Unknown,
    Value,
    is_int,
)
from . import stated
from .budget import Turns
from .changes import as_before, assigned, assigned_at_times, loosen, unset
from .expressions import evaluate
from .flow import EnoughYields, Leave, Return, Signal
from .indefinite import any_of, forget, forget_turn, forget_what_follows, unset_items
from .questions import is_none_of_it
from .scopes import Scope
from .turns import Before, any_number_of_turns, begin_any_turn, run_by_other_turns

if TYPE_CHECKING:
    from .machine import Machine

T = TypeVar("T")

_ENDLESS = 5
"""Turns after which a generator that never ends has shown what it yields."""
_TOLD = 2
"""Before so many of the first turns it is remembered what there was: what differs then differs in later turns too."""

Execute = Callable[["Machine", list[ast.stmt], Scope], Signal]


def run_for(machine: Machine, node: ast.For | ast.AsyncFor, scope: Scope, execute: Execute) -> Signal:
    """`for target in iterable: body; else: orelse`"""
    iterable = evaluate(machine, node.iter, scope)
    start = iterable.position if isinstance(iterable, IteratorValue) else 0
    items = machine.iterate(iterable, scope.place(node.iter))
    if items is None and _takes_no_turn(machine, node.iter, iterable, scope):
        return execute(machine, node.orelse, scope)
    if items is None or len(items) > machine.budget.iterations or _was_long(machine, node, len(items)):
        why = "a loop of unknown length" if items is None else f"a loop of {len(items):,} turns"
        item = (
            _any_of(node, iterable, items, scope, why) if items else machine.sample_of(iterable, scope.place(node.iter))
        )
        machine.assign(node.target, item, scope)
        stated.apply(machine, node, scope)
        turns = turns_of(iterable) if items is None else Dim(len(items))
        return once(machine, node.body, scope, execute, why, node, turns)
    unrolled, undecided = Turns(machine.budget, machine.record, items), machine.undecided
    earlier: list[dict[str, Value]] = []
    try:
        for turn, item in enumerate(_live(iterable, items, machine.budget.iterations)):
            unrolled.begin(turn)
            if turn < _TOLD:
                earlier.append(dict(scope.names))
            machine.budget.step()
            if isinstance(iterable, IteratorValue):
                iterable.position = start + turn + 1
            machine.assign(node.target, item, scope)
            if machine.stated:
                stated.apply(machine, node, scope)
            if unrolled.are_enough():
                machine.long_loops[id(node)] = turn
                why, rest = f"a loop of {len(items):,} turns", Dim(len(items) - turn)
                forget_turn(scope, earlier, why, node)
                machine.assign(node.target, _any_of(node, iterable, items[turn:] or [item], scope, why), scope)
                return once(machine, node.body, scope, execute, why, node, rest)
            varying = machine.varying
            signal = execute(machine, node.body, scope)
            if signal is Leave.BREAK:
                return None
            if isinstance(signal, Return):
                return signal
            if signal is Leave.CONTINUE and machine.varying != varying:
                run_by_other_turns(node, node.body, scope)
    finally:
        unrolled.done()
    if machine.undecided != undecided:
        loosen(node, node.body, scope)
    return execute(machine, node.orelse, scope)


def _any_of(node: ast.For | ast.AsyncFor, iterable: Value, items: list[Value], scope: Scope, why: str) -> Value:
    name = node.target.id if isinstance(node.target, ast.Name) else "item"
    return any_of(iterable, items, name, scope.place(node.target), why)


def _takes_no_turn(machine: Machine, node: ast.expr, iterable: Value, scope: Scope) -> bool:
    """Is this the way on which what the loop goes through (`rows`, `rows[1:]`, `range(n)`, `range(len(rows))`) has been found to be nothing?"""
    if is_none_of_it(machine, iterable):
        return True
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
        node = node.value
    for name in ("range", "len"):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == name
            and len(node.args) == 1
        ):
            (node,) = node.args
    return isinstance(node, (ast.Name, ast.Attribute)) and is_none_of_it(machine, evaluate(machine, node, scope))


def _live(iterable: Value, items: list[Value], most: int) -> Iterator[Value]:
    """The items in turn; those of a list as it then is, for the body may change it."""
    if not isinstance(iterable, ListValue):
        yield from items
        return
    turn = 0
    while turn < min(len(iterable.items), most):
        yield iterable.items[turn]
        turn += 1


def _was_long(machine: Machine, node: ast.For | ast.AsyncFor, turns: int) -> bool:
    """Has this loop been too long to unroll before, with no more turns than now?"""
    limit = machine.long_loops.get(id(node))
    return limit is not None and turns > limit


def run_while(machine: Machine, node: ast.While, scope: Scope, execute: Execute) -> Signal:
    """`while test: body; else: orelse`"""
    unrolled, start = Turns(machine.budget, machine.record), dict(scope.names)
    earlier: list[dict[str, Value]] = []
    first = Before(machine, scope) if breaks_itself(node) else None
    if first is not None and machine.recurring.asked(node):
        return once(machine, node.body, scope, execute, "a loop of unknown length", node, None)
    try:
        for turn in range(machine.budget.iterations):
            unrolled.begin(turn)
            machine.budget.step()
            truth = machine.truth(evaluate(machine, node.test, scope))
            if truth is None or unrolled.are_enough():
                forget_turn(scope, earlier, "a loop of unknown length", node)
                turns = _advance(machine, node, scope)
                return once(machine, node.body, scope, execute, "a loop of unknown length", node, turns)
            if not truth:
                return execute(machine, node.orelse, scope)
            before, undecided = dict(scope.names), machine.undecided
            if turn < _TOLD:
                earlier.append(before)
            signal = execute(machine, node.body, scope)
            if signal is Leave.BREAK:
                return None
            if isinstance(signal, Return):
                return signal
            if turn == _ENDLESS and scope.yields is not None and scope.yields.items and never_ends(node):
                raise EnoughYields
            if machine.undecided != undecided and leaves_itself(node):  # how many turns there are is not known any more
                loosen(node, node.body, scope)
                forget(scope, before, "a loop of unknown length", node)
                if first is not None:
                    first.note(node)
                    first.mark("a loop of unknown length", node, whole=False)
                return None
    finally:
        unrolled.done()
    machine.gap("this loop is not followed to its end", scope.place(node))
    forget(scope, start, "a loop without a known end", node)
    return None


def never_ends(node: ast.While) -> bool:
    """`while True` without a way out, as generators of training data are written."""
    ways_out = (ast.Break, ast.Return, ast.Raise)
    endless = isinstance(node.test, ast.Constant) and bool(node.test.value)
    return endless and not any(isinstance(n, ways_out) for statement in node.body for n in ast.walk(statement))


def _advance(machine: Machine, node: ast.While, scope: Scope) -> Dim | None:
    """Names that each turn of a `while` counts up become `start + step*k`; the answer is how many turns there are."""
    turns: Dim | None = None
    for statement in node.body:
        if not isinstance(statement, ast.AugAssign) or not isinstance(statement.op, ast.Add):
            continue
        target = statement.target
        if not isinstance(target, ast.Name) or not isinstance(statement.value, (ast.Constant, ast.Name)):
            continue
        old, step = scope.find(target.id), evaluate(machine, statement.value, scope)
        if not is_int(old) or not _counts_up(step):
            continue
        stop = _stop(machine, node.test, target.id, old, scope)
        row = RangeValue(old, stop if stop is not None else Dim(UNKNOWN), int(step))
        scope.bind(target.id, loop_index(row, target.id, scope.place(target)))
        turns = turns_of(row) if stop is not None else None
    return turns


def _counts_up(step: Value) -> bool:
    return isinstance(step, int) and not isinstance(step, bool) and step > 0


def _stop(machine: Machine, test: ast.expr, name: str, start: Value, scope: Scope) -> Dim | None:
    """Where `while name + ... < bound` ends for a name that counts up from `start`; None when it can't be told."""
    if not isinstance(test, ast.Compare) or len(test.ops) != 1 or not isinstance(test.ops[0], (ast.Lt, ast.LtE)):
        return None
    if any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(test.comparators[0])):
        return None
    here = Dim.of(start)
    left = evaluate(machine, test.left, scope)
    bound = evaluate(machine, test.comparators[0], scope)
    scope.bind(name, here + 1)
    after = evaluate(machine, test.left, scope)
    scope.bind(name, start)
    if not is_int(left) or not is_int(after) or not is_int(bound):
        return None
    if same(Dim.of(after) - Dim.of(left), 1) is not True:
        return None
    stop = Dim.of(bound) - Dim.of(left) + here
    return stop + 1 if isinstance(test.ops[0], ast.LtE) else stop


def once(
    machine: Machine, body: list[ast.stmt], scope: Scope, execute: Execute, why: str, node: Any, turns: Dim | None
) -> Signal:
    """Follow a loop's body a single time, then mark what it changed as approximate, and what a turn that is not followed may set."""
    begin_any_turn(node, body, scope, why)
    varying = machine.varying
    with any_number_of_turns(machine, scope, why, node, turns, whole=not leaves_itself(node)) as start:
        signal = execute(machine, body, scope)
        if signal is not None and machine.varying != varying:
            run_by_other_turns(node, body, scope)
    before = start.names
    at_times = [
        t for t in assigned_at_times(node, body) if not isinstance(t, ast.Name) or as_before(t.id, scope, before)
    ]
    unset(at_times, scope, (bool, int, float, str))
    unset_items(node, body, scope, why)
    forget_what_follows(node, body, scope, before, why)
    if isinstance(signal, Return):  # it may have returned on a later turn, with another value
        return Return(Unknown(f"returned from {why}", scope.place(node)))
    if not breaks_itself(node):
        return execute(machine, node.orelse, scope)
    unset(assigned(node, node.orelse), scope, (bool, int, float, str))
    loosen(node, node.orelse, scope)
    return None


def leaves_itself(node: Any) -> bool:
    """Can a `break` (or `continue`) of its own end the loop (or a turn of it) early?"""
    found: bool | None = getattr(node, "leaves_", None)
    if found is None:
        found = node.leaves_ = _has(node.body, (ast.Break, ast.Continue))
    return found


def breaks_itself(node: Any) -> bool:
    """Can a `break` of its own end the loop early, without its `else`?"""
    return leaves_itself(node) and _has(node.body, (ast.Break,))


def _has(body: Iterable[ast.AST], kinds: tuple[type[ast.stmt], ...]) -> bool:
    return any(_is_or_has(statement, kinds) for statement in body)


def _is_or_has(node: ast.AST, kinds: tuple[type[ast.stmt], ...]) -> bool:
    if isinstance(node, kinds):
        return True
    if isinstance(
        node, (ast.For, ast.AsyncFor, ast.While, ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
    ):
        return False
    return _has(
        (n for n in ast.iter_child_nodes(node) if isinstance(n, (ast.stmt, ast.ExceptHandler, ast.match_case))), kinds
    )


def ends_turn(body: list[ast.stmt]) -> bool:
    """Does this block end by leaving the loop or its turn?"""
    return bool(body) and isinstance(body[-1], (ast.Break, ast.Continue))
