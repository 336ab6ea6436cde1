"""Comprehensions and generator expressions: their loops, and the containers that come of them."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..dims import Dim
from ..libs.bridge import NotKnownError, key_of, turns_of
from ..values import DictValue, IteratorValue, LazyIterator, ListValue, SetValue, Value
from .scopes import Scope

if TYPE_CHECKING:
    from .machine import Machine


def unique(items: list[Value], is_open: bool) -> SetValue:
    """A set of these items."""
    rows: dict[Any, Value] = {}
    for item in items:
        try:
            rows.setdefault(key_of(item), item)
        except (NotKnownError, TypeError):
            is_open = True
    return SetValue(list(rows.values()), is_open, sample=items[-1] if is_open and items else None)


def enter(result: DictValue, key: Value, value: Value) -> None:
    """`{key: value}`, in a dict under construction."""
    try:
        result.entries[key_of(key)] = value
    except (NotKnownError, TypeError):
        result.open = True
        result.sample = value


def _comprehension(
    machine: Machine,
    generators: list[ast.comprehension],
    scope: Scope,
    visit: Callable[[Scope, bool], None],
    first: list[Value] | None = None,
) -> tuple[bool, Dim | None]:
    """Run the loops of a comprehension. Is the result complete? If not, how many items has it (None when unknown)?

    `visit` learns whether it is certain that its turn's conditions hold.
    """
    inner = Scope(scope.module, {}, scope, "comprehension", scope.function, scope.receiver)
    complete = True
    turns: Dim | None = None
    regular = len(generators) == 1

    def loop(index: int, certain: bool) -> None:
        nonlocal complete, turns, regular
        if index == len(generators):
            visit(inner, certain)
            return
        generator = generators[index]
        if index == 0 and first is not None:
            iterable = first[0]
        else:
            iterable = machine.evaluate(generator.iter, inner if index else scope)
        items = machine.iterate(iterable, scope.place(generator.iter))
        if items is None:
            complete, turns = False, turns_of(iterable)
            items = [machine.sample_of(iterable, scope.place(generator.iter))]
        elif len(items) > machine.budget.iterations:
            complete, turns = False, Dim(len(items))
            items = items[:1]
        used, turn = machine.budget.used, 0
        for turn, item in enumerate(items):
            if machine.budget.long_loop(turn, machine.budget.used - used, idle=0):
                complete, turns = False, Dim(len(items))
                break
            machine.budget.step()
            machine.assign(generator.target, item, inner)
            keep, sure = True, certain
            for condition in generator.ifs:
                truth = machine.truth(machine.evaluate(condition, inner))
                if truth is None:
                    complete = regular = sure = False
                elif truth is False:
                    keep = regular = False
                    break
            if keep:
                loop(index + 1, sure)
        machine.budget.loop_done(turn, machine.budget.used - used)

    loop(0, True)
    return complete, turns if regular else None


def list_comprehension(machine: Machine, node: ast.ListComp, scope: Scope) -> Value:
    items: list[Value] = []
    visit: Callable[[Scope, bool], None] = lambda inner, sure: items.append(machine.evaluate(node.elt, inner))  # noqa: E731
    complete, turns = _comprehension(machine, node.generators, scope, visit)
    if complete:
        return ListValue(items, place=scope.place(node))
    return ListValue(items, True, items[-1] if items else None, turns, scope.place(node))


def generator(machine: Machine, node: ast.GeneratorExp, scope: Scope) -> Value:
    """A generator expression: what it goes over is known now, its items when somebody asks for one."""
    first = machine.evaluate(node.generators[0].iter, scope)

    def run(at_yield: Callable[[Value], None] | None) -> IteratorValue:
        items: list[Value] = []
        visit: Callable[[Scope, bool], None] = lambda inner, sure: items.append(machine.evaluate(node.elt, inner))  # noqa: E731
        complete, _ = _comprehension(machine, node.generators, scope, visit, [first])
        return IteratorValue(items, not complete, items[-1] if items else None)

    return LazyIterator(run)


def set_comprehension(machine: Machine, node: ast.SetComp, scope: Scope) -> Value:
    items: list[Value] = []
    visit: Callable[[Scope, bool], None] = lambda inner, sure: items.append(machine.evaluate(node.elt, inner))  # noqa: E731
    complete, _ = _comprehension(machine, node.generators, scope, visit)
    return unique(items, not complete)


def dict_comprehension(machine: Machine, node: ast.DictComp, scope: Scope) -> Value:
    result = DictValue()

    def visit(inner: Scope, sure: bool) -> None:
        key = machine.evaluate(node.key, inner)
        value = machine.evaluate(node.value, inner)
        if sure:
            enter(result, key, value)
        else:  # a key that may be missing is none that can be counted on
            result.sample = value

    if not _comprehension(machine, node.generators, scope, visit)[0]:
        result.open = True
    return result
