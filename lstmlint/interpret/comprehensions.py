"""Comprehensions and generator expressions: their loops, and the containers that come of them."""

from __future__ import annotations

import ast
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from ..dims import Dim
from ..libs.bridge import NotKnownError, key_of, turns_of
from ..nodes import walk
from ..values import (
    BoundMethod,
    ClassValue,
    DictValue,
    External,
    FunctionValue,
    IteratorValue,
    LazyIterator,
    ListValue,
    ModuleValue,
    Object,
    Partial,
    SetValue,
    Unknown,
    Value,
)
from .scopes import Scope
from .turns import any_number_of_turns, indefinite

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


_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def _comprehension(
    machine: Machine,
    node: _Comprehension,
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
    generators = node.generators
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
            item = machine.sample_of(iterable, scope.place(generator.iter))
            once(index, generator, item, certain, "a comprehension of unknown length", turns)
            return
        if len(items) > machine.budget.iterations:
            complete, turns = False, Dim(len(items))
            once(index, generator, items[0], certain, f"a comprehension of {len(items):,} turns", turns)
            return
        used, turn = machine.budget.used, 0
        for turn, item in enumerate(items):
            if machine.budget.long_loop(turn, machine.budget.used - used, idle=0):
                complete, turns = False, Dim(len(items))
                once(index, generator, item, certain, f"a comprehension of {len(items):,} turns", turns - turn)
                break
            run(index, generator, item, certain)
        machine.budget.loop_done(turn, machine.budget.used - used)

    def once(index: int, generator: ast.comprehension, item: Value, certain: bool, why: str, rest: Dim | None) -> None:
        """One turn that stands for the rest of them: its conditions may hold or not for each of the others."""
        nonlocal regular
        whole = not generator.ifs
        regular = regular and whole
        with _marked(machine, node, scope, why, rest, whole=whole):
            run(index, generator, item, certain and whole)

    def run(index: int, generator: ast.comprehension, item: Value, certain: bool) -> None:
        nonlocal complete, regular
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
        if keep and sure is not certain:
            with _marked(
                machine, node, scope, "a comprehension with a condition that can't be decided", None, whole=False
            ):
                loop(index + 1, sure)
        elif keep:
            loop(index + 1, sure)

    loop(0, True)
    return complete, turns if regular else None


def _marked(
    machine: Machine, node: _Comprehension, scope: Scope, why: str, turns: Dim | None, *, whole: bool
) -> AbstractContextManager[object]:
    """While turns are followed of which nobody knows how often they happen: what they change is marked, where they may change anything."""
    if _may_change(node, scope):
        return any_number_of_turns(machine, scope, why, node, turns, whole=whole)
    return nullcontext()


_OF_TEXTS = frozenset(dir(str))


def _may_change(node: _Comprehension, scope: Scope) -> bool:
    """May a turn change a list, an object or a global: does it call a method that does, or anything of the program's own?"""
    called: list[ast.expr] | None = getattr(node, "called_", None)
    if called is None:
        called = [n.func for n in walk(node) if isinstance(n, ast.Call)]
        node.called_ = called  # type: ignore[union-attr]
    return any(_changes(function, scope) for function in called)


def _changes(function: ast.expr, scope: Scope) -> bool:
    """May calling this change what is not the call's own?"""
    if isinstance(function, ast.Name):
        found = scope.find(function.id)
        return isinstance(found, (FunctionValue, BoundMethod, Partial, Object, ClassValue, Unknown))
    if not isinstance(function, ast.Attribute):
        return True
    root = function.value
    while isinstance(root, ast.Attribute):
        root = root.value
    owner = scope.find(root.id) if isinstance(root, ast.Name) else None
    if isinstance(owner, (External, ModuleValue)):
        return isinstance(owner, ModuleValue)
    return type(owner) is Object or function.attr not in _OF_TEXTS


def _any_of(items: list[Value], node: ast.ListComp | ast.GeneratorExp, scope: Scope) -> Value:
    """What stands for the items of a comprehension of which not all are known."""
    if not items or isinstance(node.elt, ast.Constant):
        return items[-1] if items else None
    return indefinite(items[-1], "an item", scope.place(node), "a comprehension")


def list_comprehension(machine: Machine, node: ast.ListComp, scope: Scope) -> Value:
    items: list[Value] = []
    visit: Callable[[Scope, bool], None] = lambda inner, sure: items.append(machine.evaluate(node.elt, inner))  # noqa: E731
    complete, turns = _comprehension(machine, node, scope, visit)
    if complete:
        return ListValue(items, place=scope.place(node))
    return ListValue(items, True, _any_of(items, node, scope), turns, scope.place(node))


def generator(machine: Machine, node: ast.GeneratorExp, scope: Scope) -> Value:
    """A generator expression: what it goes over is known now, its items when somebody asks for one."""
    first = machine.evaluate(node.generators[0].iter, scope)

    def run(at_yield: Callable[[Value], None] | None) -> IteratorValue:
        items: list[Value] = []
        visit: Callable[[Scope, bool], None] = lambda inner, sure: items.append(machine.evaluate(node.elt, inner))  # noqa: E731
        complete, _ = _comprehension(machine, node, scope, visit, [first])
        return IteratorValue(items, not complete, items[-1] if complete and items else _any_of(items, node, scope))

    return LazyIterator(run)


def set_comprehension(machine: Machine, node: ast.SetComp, scope: Scope) -> Value:
    items: list[Value] = []
    visit: Callable[[Scope, bool], None] = lambda inner, sure: items.append(machine.evaluate(node.elt, inner))  # noqa: E731
    complete, _ = _comprehension(machine, node, scope, visit)
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

    if not _comprehension(machine, node, scope, visit)[0]:
        result.open = True
    return result
