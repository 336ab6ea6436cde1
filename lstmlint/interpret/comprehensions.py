"""Comprehensions and generator expressions: their loops, and the containers that come of them."""

from __future__ import annotations

import ast
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from ..dims import Dim
from ..knowledge import Call
from ..libs.bridge import NotKnownError, enter_under_any_key, key_of, turns_of
from ..libs.slices import unsure
from ..nodes import walk
from ..values import (
    Array,
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
    Tensor,
    Unknown,
    Value,
)
from .budget import Turns
from .indefinite import any_of, indefinite
from .scopes import Scope
from .turns import any_number_of_turns

if TYPE_CHECKING:
    from ..places import Place
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


def enter(machine: Machine, result: DictValue, key: Value, value: Value, place: Place) -> None:
    """`{key: value}`, in a dict under construction."""
    try:
        result.entries[key_of(key)] = value
    except (NotKnownError, TypeError):
        enter_under_any_key(Call("builtins.dict.__setitem__", [key, value], {}, place, machine, result), result, value)


_Node = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


class _Comprehension:
    """The loops of a comprehension.

    complete  whether the result is
    turns     how many items it has where it isn't complete; None when that is unknown
    """

    def __init__(self, machine: Machine, node: _Node, scope: Scope, visit: Callable[[Scope, bool], None]) -> None:
        """`visit` learns whether it is certain that its turn's conditions hold."""
        self.machine, self.node, self.scope, self.visit = machine, node, scope, visit
        self.inner = Scope(scope.module, {}, scope, "comprehension", scope.function, scope.receiver)
        self.complete = True
        self.turns: Dim | None = None
        self.regular = len(node.generators) == 1

    def run(self, first: list[Value] | None = None) -> _Comprehension:
        """Run them; `first` holds what the first one is over, where somebody has evaluated that already."""
        iterable = first[0] if first is not None else self._iterable(0)
        self._loop(0, iterable, True)
        if not self.regular:
            self.turns = None
        return self

    def _iterable(self, index: int) -> Value:
        return self.machine.evaluate(self.node.generators[index].iter, self.inner if index else self.scope)

    def _loop(self, index: int, iterable: Value, certain: bool) -> None:
        machine, generator = self.machine, self.node.generators[index]
        place = self.scope.place(generator.iter)
        items = machine.iterate(iterable, place)
        if items is None:
            self.complete, self.turns = False, turns_of(iterable)
            item = machine.sample_of(iterable, place)
            self._once(index, item, certain, "a comprehension of unknown length", self.turns)
            return
        if len(items) > machine.budget.iterations:
            self.complete, self.turns = False, Dim(len(items))
            why = f"a comprehension of {len(items):,} turns"
            self._once(index, any_of(iterable, items, "item", place, why), certain, why, self.turns)
            return
        turns = Turns(machine.budget, machine.record, items)
        for turn, item in enumerate(items):
            turns.begin(turn)
            if turns.are_enough():
                self.complete, self.turns = False, Dim(len(items))
                why = f"a comprehension of {len(items):,} turns"
                item = any_of(iterable, items[turn:], "item", place, why)
                self._once(index, item, certain, why, self.turns - turn)
                break
            self._turn(index, item, certain)
        turns.done()

    def _once(self, index: int, item: Value, certain: bool, why: str, rest: Dim | None) -> None:
        """One turn that stands for the rest of them: its conditions may hold or not for each of the others."""
        whole = not self.node.generators[index].ifs
        self.regular = self.regular and whole
        with _marked(self.machine, self.node, self.scope, why, rest, whole=whole):
            self._turn(index, item, certain and whole)

    def _turn(self, index: int, item: Value, certain: bool) -> None:
        machine, generator = self.machine, self.node.generators[index]
        machine.budget.step()
        machine.assign(generator.target, item, self.inner)
        sure = certain
        for condition in generator.ifs:
            truth = machine.truth(machine.evaluate(condition, self.inner))
            if truth is None:
                self.complete = self.regular = sure = False
            elif truth is False:
                self.regular = False
                return
        if sure is certain:
            self._within(index, sure)
            return
        why = "a comprehension with a condition that can't be decided"
        with _marked(machine, self.node, self.scope, why, None, whole=False):
            self._within(index, sure)

    def _within(self, index: int, certain: bool) -> None:
        """What a turn does: the next loop's turns, or in the innermost one a visit."""
        if index + 1 == len(self.node.generators):
            self.visit(self.inner, certain)
        else:
            self._loop(index + 1, self._iterable(index + 1), certain)


def _marked(
    machine: Machine, node: _Node, scope: Scope, why: str, turns: Dim | None, *, whole: bool
) -> AbstractContextManager[object]:
    """While turns are followed of which nobody knows how often they happen: what they change is marked, where they may change anything."""
    if _may_change(node, scope):
        return any_number_of_turns(machine, scope, why, node, turns, whole=whole)
    return nullcontext()


_OF_TEXTS = frozenset(dir(str))


def _may_change(node: _Node, scope: Scope) -> bool:
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
    place = scope.place(node)
    if len({_kind(item) for item in items}) > 1:
        among = tuple(items) if all(isinstance(item, Object) for item in items) else ()
        return Unknown("which item it is can't be known", place, among=among)
    return indefinite(items[-1], "an item", place, "a comprehension")


def _kind(item: Value) -> object:
    """What layers, tensors and arrays have to share if one shall stand for another: the class or the shape."""
    if isinstance(item, (Tensor, Array)):
        return type(item), str(item.shape)
    return item.type_name if isinstance(item, Object) else None


def list_comprehension(machine: Machine, node: ast.ListComp, scope: Scope) -> Value:
    items: list[Value] = []
    asked = machine.decisions.count
    visit: Callable[[Scope, bool], None] = lambda inner, sure: items.append(machine.evaluate(node.elt, inner))  # noqa: E731
    done = _Comprehension(machine, node, scope, visit).run()
    if done.complete:
        return ListValue(items, place=scope.place(node))
    sample = _any_of(items, node, scope)
    if machine.decisions.count != asked:
        unsure(items)
        if isinstance(node.elt, ast.IfExp) and isinstance(sample, Object):
            sample = Unknown("other items may be of the other kind", scope.place(node))
    return ListValue(items, True, sample, done.turns, scope.place(node))


def generator(machine: Machine, node: ast.GeneratorExp, scope: Scope) -> Value:
    """A generator expression: what it goes over is known now, its items when somebody asks for one."""
    first = machine.evaluate(node.generators[0].iter, scope)

    def run(at_yield: Callable[[Value], None] | None) -> IteratorValue:
        items: list[Value] = []
        visit: Callable[[Scope, bool], None] = lambda inner, sure: items.append(machine.evaluate(node.elt, inner))  # noqa: E731
        complete = _Comprehension(machine, node, scope, visit).run([first]).complete
        return IteratorValue(items, not complete, items[-1] if complete and items else _any_of(items, node, scope))

    return LazyIterator(run)


def set_comprehension(machine: Machine, node: ast.SetComp, scope: Scope) -> Value:
    items: list[Value] = []
    visit: Callable[[Scope, bool], None] = lambda inner, sure: items.append(machine.evaluate(node.elt, inner))  # noqa: E731
    complete = _Comprehension(machine, node, scope, visit).run().complete
    return unique(items, not complete)


def dict_comprehension(machine: Machine, node: ast.DictComp, scope: Scope) -> Value:
    result = DictValue()

    def visit(inner: Scope, sure: bool) -> None:
        key = machine.evaluate(node.key, inner)
        value = machine.evaluate(node.value, inner)
        if sure:
            enter(machine, result, key, value, scope.place(node))
        else:  # a key that may be missing is none that can be counted on
            result.sample = value

    if not _Comprehension(machine, node, scope, visit).run().complete:
        result.open = True
    return result
