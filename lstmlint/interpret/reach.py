"""What can be reached from a scope: each list, dict and set, and each table of names or attributes, with the way that leads to it."""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterator, Mapping
from typing import Any, NamedTuple

from ..dims import Dim
from ..values import (
    BoundMethod,
    ClassValue,
    DictValue,
    FunctionValue,
    IteratorValue,
    LazyIterator,
    ListValue,
    Object,
    Partial,
    SetValue,
    Value,
)
from .scopes import Scope

Path = tuple[Hashable, ...]
"""Which table of a scope, the name in it, and the attributes, indices and keys from there on: the same each time that the program is followed."""


class State(NamedTuple):
    """What a list, dict, set or iterator was before a loop: how many items it showed, whether it was open, its length, what stood at its first places,
    and what stood for all others."""

    size: int
    open: bool
    length: Dim | None = None
    items: Mapping[Any, Value] = {}
    sample: Value = None


class Reach(NamedTuple):
    """What a loop may change."""

    containers: list[tuple[Any, State, Path]]
    """Every list, dict, set and iterator, with its state."""
    tables: list[tuple[dict[Any, Value], Path]]
    """Every table of names or attributes."""


_ITEMS = 50
"""Items of a list that are looked at."""
_DEEPEST = 3


def within_reach(scope: Scope) -> Reach:
    """All that the statements of a scope may change."""
    walk = _Walk(dict(_roots(scope)))
    if scope.yields is not None:
        walk.visit(scope.yields, (), 0)
    for root, table in walk.roots.items():
        walk.inside(table, (root,), -1)
    return walk.found


class _Walk:
    """The way from some tables to all that hangs on them, each thing once."""

    def __init__(self, roots: dict[Hashable, dict[Any, Value]]) -> None:
        self.roots = roots
        self.found = Reach([], [(table, (root,)) for root, table in roots.items()])
        self.seen = {id(table) for table in roots.values()}

    def visit(self, value: Value, path: Path, depth: int) -> None:
        self.seen.add(id(value))
        if isinstance(value, _CONTAINERS):
            state = state_of(value)
            self.found.containers.append((value, state, path))
            self.inside(state.items, path, depth)
            return
        for table, way in _tables_of(value, path):
            if id(table) not in self.seen:
                self.seen.add(id(table))
                self.found.tables.append((table, way))
                self.inside(table, way, depth)

    def inside(self, table: Mapping[Any, Value], path: Path, depth: int) -> None:
        if depth < _DEEPEST:
            for name, value in table.items():
                if _may_change(value) and id(value) not in self.seen:
                    self.visit(value, (*path, name), depth + 1)


def _may_change(value: Value) -> bool:
    """Is it something that can change, or a function with names of its own around it?"""
    return isinstance(value, _CHANGING) or (isinstance(value, FunctionValue) and value.scope[0] is not None)


_CONTAINERS = (ListValue, DictValue, SetValue, IteratorValue)
_CHANGING = (*_CONTAINERS, Object, ClassValue, BoundMethod, Partial)


def _roots(scope: Scope) -> Iterator[tuple[Hashable, dict[Any, Value]]]:
    """The tables in which the scope finds its names."""
    here: Scope | None = scope
    for above in itertools.count():
        if here is None:
            break
        yield above, here.names
        here = here.parent
    if scope.kind != "module":
        yield "module", scope.module.names


def _tables_of(value: Value, path: Path) -> Iterator[tuple[dict[Any, Value], Path]]:
    """What changes with an object, a class, a function with names of its own around it."""
    if isinstance(value, Object):
        yield value.attributes, path
        if value.user_class is not None:
            yield value.user_class.attributes, (*path, "__class__")
    elif isinstance(value, ClassValue):
        yield value.attributes, path
    elif isinstance(value, BoundMethod):
        yield from _tables_of(value.receiver, (*path, "__self__"))
        yield from _tables_of(value.function, path)
    elif isinstance(value, Partial):
        yield from _tables_of(value.function, path)
    elif isinstance(value, FunctionValue):
        around = value.scope[0]
        for above in itertools.count():
            if around is None:
                break
            yield around.names, (*path, ("around", above))
            around = around.parent


def state_of(value: Any) -> State:
    """How a list, dict or set is now, or an iterator: of that it is said how many items it has given."""
    if isinstance(value, IteratorValue):
        begun = not isinstance(value, LazyIterator) or not value.fresh
        return State(value.position, begun and value.open)
    length = value.length if isinstance(value, ListValue) else None
    items = value.entries if isinstance(value, DictValue) else value.items
    return State(
        len(items), value.open, length, entries_of(value), value.sample if isinstance(value, ListValue) else None
    )


def entries_of(value: Value) -> dict[Any, Value]:
    """The first items of a list or dict, by index or key."""
    if isinstance(value, ListValue):
        return dict(enumerate(value.items[:_ITEMS]))
    return dict(itertools.islice(value.entries.items(), _ITEMS)) if isinstance(value, DictValue) else {}
