"""Loops: unrolled over what is known; followed once, and what they changed marked, over what is not."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..dims import Dim
from ..places import Origin
from ..values import DictValue, ListValue, Object, Tensor, Unknown, Value, fresh_int, is_int
from .expressions import evaluate
from .flow import Leave, Return, Signal
from .scopes import Scope

if TYPE_CHECKING:
    from .machine import Machine

Execute = Callable[["Machine", list[ast.stmt], Scope], Signal]


def run_for(machine: Machine, node: ast.For | ast.AsyncFor, scope: Scope, execute: Execute) -> Signal:
    """`for target in iterable: body; else: orelse`"""
    iterable = evaluate(machine, node.iter, scope)
    items = machine.iterate(iterable, scope.place(node.iter))
    if items is None or len(items) > machine.budget.iterations:
        why = "a loop of unknown length" if items is None else f"a loop of {len(items):,} turns"
        item = items[0] if items else machine.sample_of(iterable, scope.place(node.iter))
        machine.assign(node.target, item, scope)
        return once(machine, node.body, scope, execute, why, node)
    for item in items:
        machine.budget.step()
        machine.assign(node.target, item, scope)
        signal = execute(machine, node.body, scope)
        if signal is Leave.BREAK:
            return None
        if isinstance(signal, Return):
            return signal
    return execute(machine, node.orelse, scope)


def run_while(machine: Machine, node: ast.While, scope: Scope, execute: Execute) -> Signal:
    """`while test: body; else: orelse`"""
    for _ in range(machine.budget.iterations):
        machine.budget.step()
        truth = machine.truth(evaluate(machine, node.test, scope))
        if truth is None:
            return once(machine, node.body, scope, execute, "a loop of unknown length", node)
        if not truth:
            return execute(machine, node.orelse, scope)
        signal = execute(machine, node.body, scope)
        if signal is Leave.BREAK:
            return None
        if isinstance(signal, Return):
            return signal
    machine.gap("this loop is not followed to its end", scope.place(node))
    forget(machine, scope, {}, "a loop without a known end", node)
    return None


def once(machine: Machine, body: list[ast.stmt], scope: Scope, execute: Execute, why: str, node: Any) -> Signal:
    """Follow a loop's body a single time, then mark what it changed as approximate."""
    before = dict(scope.names)
    lists = _lists(scope)
    outer, machine.in_unknown_loop = machine.in_unknown_loop, why
    try:
        signal = execute(machine, body, scope)
    finally:
        machine.in_unknown_loop = outer
    for values, length in lists:
        if isinstance(values, ListValue) and len(values.items) != length:
            values.open = True
            values.sample = values.items[-1] if values.items else None
            values.length = fresh_int(f"len({_name_of(scope, values)})", scope.place(node))
        elif isinstance(values, DictValue) and len(values.entries) != length:
            values.open = True
    forget(machine, scope, before, why, node)
    if isinstance(signal, Return):  # it may have returned on a later turn, with another value
        return Return(Unknown(f"returned from {why}", scope.place(node)))
    return None


def _name_of(scope: Scope, value: Value) -> str:
    return next((name for name, v in scope.names.items() if v is value), "the list")


def _lists(scope: Scope) -> list[tuple[Any, int]]:
    """Every list and dict within reach of the scope's names, with its present length."""
    found: list[tuple[Any, int]] = []
    seen: set[int] = set()

    def visit(value: Value, depth: int) -> None:
        if id(value) in seen:
            return
        seen.add(id(value))
        if isinstance(value, ListValue):
            found.append((value, len(value.items)))
            if depth < 3:
                for item in value.items[:50]:
                    visit(item, depth + 1)
        elif isinstance(value, DictValue):
            found.append((value, len(value.entries)))
            if depth < 3:
                for item in list(value.entries.values())[:50]:
                    visit(item, depth + 1)
        elif isinstance(value, Object) and depth < 2:
            for item in list(value.attributes.values()):
                visit(item, depth + 1)

    names = [scope.names]
    parent = scope.parent
    while parent is not None:
        names.append(parent.names)
        parent = parent.parent
    if scope.module.names is not scope.names:
        names.append(scope.module.names)
    for table in names:
        for value in list(table.values()):
            visit(value, 0)
    return found


def forget(machine: Machine, scope: Scope, before: dict[str, Value], why: str, node: Any) -> None:
    """Names that a loop reassigned hold what the last turn left: a number, tensor or constant of that kind, not a known one."""
    for name, value in list(scope.names.items()):
        old = before.get(name, value if name not in before and before else None)
        if name not in before or value is old or name.startswith("~"):
            continue
        place = scope.place(node)
        if is_int(old) and is_int(value):
            scope.names[name] = fresh_int(name, place, least=-(10**9))
        elif isinstance(value, Tensor) and isinstance(old, Tensor):
            same = str(value.shape) == str(old.shape)
            if not same:
                scope.names[name] = Unknown(f"`{name}` changes in {why}", place, origin=Origin(name, place))
        elif isinstance(value, (int, float, str, bool, Dim, tuple)) and not isinstance(old, ListValue):
            scope.names[name] = Unknown(f"`{name}` changes in {why}", place, origin=Origin(name, place))
