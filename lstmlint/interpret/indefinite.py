"""What stands for a value that is another one in each turn of a loop: a number, list, array or tensor of which the last turn's is not the one."""

from __future__ import annotations

import ast
import functools
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeGuard

from ..dims import ANY, Dim, same
from ..libs.slices import loop_index
from ..nodes import walk
from ..places import Origin, Place
from ..shapes import Shape
from ..values import (
    LOOP,
    Array,
    DictValue,
    FunctionValue,
    IteratorValue,
    ListValue,
    ModelObject,
    Object,
    RangeValue,
    SetValue,
    Tensor,
    Unknown,
    Value,
    fresh_int,
    is_int,
    is_known,
    is_private,
)
from .asked import last_name, words
from .changes import follow_from, mentioned, named, writes_of
from .scopes import MISSING, Scope


def indefinite(value: Value, name: str, place: Place, why: str) -> Value:
    """What stands for a constant, or for a dict or tuple of constants, that is another one in other turns of a loop."""
    if is_int(value):
        return fresh_int(name, place, least=-(10**9))
    if isinstance(value, (bool, float, str)):
        return replace(changing(name, place, why), kind=type(value).__name__, key=("sample", id(place.node), name))
    if isinstance(value, tuple):
        return tuple(indefinite(item, f"{name}[{at}]", place, why) for at, item in enumerate(value))
    if type(value) is DictValue:
        entries = {at: indefinite(item, f"{name}[{at!r}]", place, why) for at, item in value.entries.items()}
        return replace(value, entries=entries)
    if isinstance(value, Unknown) and value.key is not None:
        return replace(value, key=("sample", value.key))
    return value


def any_of(row: Value, items: list[Value], name: str, place: Place, why: str) -> Value:
    """What stands for each item of a row whose turns are not followed one by one: `step % 1000 == 0` holds for some of them."""
    if isinstance(row, RangeValue) and is_int(items[0]):
        return loop_index(replace(row, start=items[0]), name, place)
    first = items[0]
    if isinstance(first, tuple) and all(isinstance(item, tuple) and len(item) == len(first) for item in items):
        parts = zip(*items, strict=True)
        return tuple(any_of(None, list(part), f"{name}[{at}]", place, why) for at, part in enumerate(parts))
    if all(item is first or (is_known(item) and type(item) is type(first) and item == first) for item in items):
        return first
    if all(isinstance(item, Object) for item in items):
        return replace(changing(name, place, why), among=tuple(items))
    return indefinite(first, name, place, why)


def any_item(items: list[Value], name: str, place: Place, why: str) -> Value:
    """What stands for each of a list's items: the last one is no model of arrays of other shapes, as the weights of a layer are, nor of layers and
    functions that are written elsewhere."""
    last = items[-1]
    if any(
        item is not last and (unlike(item, last) or unlike(last, item) or _made_elsewhere(item, last)) for item in items
    ):
        among = tuple(items) if all(isinstance(item, Object) for item in items) else ()
        return replace(changing(name, place, why), among=among)
    return indefinite(last, name, place, why)


def _made_elsewhere(one: Value, other: Value) -> bool:
    """Is one of them called, and written at another place than the other, so that it may do something else?"""
    if isinstance(one, FunctionValue) and isinstance(other, FunctionValue):
        return one.node is not other.node
    if isinstance(one, Object) and isinstance(other, Object):
        return one.place is None or other.place is None or one.place.node is not other.place.node
    return isinstance(one, (FunctionValue, Object)) or isinstance(other, (FunctionValue, Object))


def unlike(old: Value, new: Value) -> bool:
    """Does something else stand where an array stood: one of another shape, or none?"""
    if isinstance(old, tuple):
        return not isinstance(new, tuple) or len(new) != len(old) or any(unlike(a, b) for a, b in zip(old, new))
    if not isinstance(old, Array) or not isinstance(new, Array):
        return isinstance(old, Array)
    return old.shape.rank != new.shape.rank or any(
        same(a, b) is False for a, b in zip(old.shape.dims or (), new.shape.dims or ())
    )


def changing(name: str, place: Place, why: str) -> Unknown:
    """What nobody knows of what changes from turn to turn."""
    return Unknown(f"`{name}` changes in {why}", place, origin=Origin(name, place))


def in_any_turn(value: Value, name: str, why: str, place: Place) -> Value:
    """What stands for something else in each turn of a loop."""
    if isinstance(value, (ListValue, DictValue, SetValue)):
        return _another(value, None, name, why, place)
    if value is None or isinstance(value, tuple):
        return changing(name, place, why)
    return indefinite(value, name, place, why)


def next_of(values: IteratorValue, why: str, place: Place) -> Value:
    """What stands for the next item of an iterator, whichever that is."""
    sample = values.sample if values.sample is not None else next(reversed(values.items), None)
    return indefinite(sample, "next", place, why)


def _another(
    value: ListValue | DictValue | SetValue, old: Value, name: str, why: str, place: Place
) -> ListValue | DictValue | SetValue:
    """A list, dict or set of which each turn of a loop makes another one."""
    if isinstance(value, DictValue):
        kept = old.entries if isinstance(old, DictValue) else {}
        same_as_before = {key: item for key, item in value.entries.items() if key in kept and kept[key] is item}
        return replace(value, entries=same_as_before, open=True)
    name_of_item = f"{name}[i]"
    if value.open or not value.items:
        sample = indefinite(value.sample, name_of_item, place, why)
    else:
        sample = any_item(list(value.items), name_of_item, place, why)
    if isinstance(value, SetValue):
        return replace(value, items=[], open=True, sample=sample)
    return ListValue([], True, sample, fresh_int(f"len({name})", place), value.place)


ANY_ITEM = ...
"""In place of an index: whichever item of a list it is."""


def forget_item(values: ListValue | DictValue, at: Any, why: str, place: Place) -> None:
    """One item of a list or dict is another one in each turn of a loop."""
    if at is ANY_ITEM and isinstance(values, ListValue):
        item = changing("an item", place, why)
        values.items[:] = [item] * len(values.items)
        values.sample = item if values.sample is not None else None
        return
    table: Any = values.items if isinstance(values, ListValue) else values.entries
    if at in (range(len(values.items)) if isinstance(values, ListValue) else values.entries):
        table[at] = in_any_turn(table[at], repr(at), why, place)


def forget_items(values: ListValue | DictValue, before: Mapping[Any, Value], name: str, why: str, place: Place) -> None:
    """Constants that a loop changed within a list or dict, wherever it did that, are not known."""
    table: Any = values.items if isinstance(values, ListValue) else values.entries
    there = range(len(values.items)) if isinstance(values, ListValue) else values.entries
    for at, old in before.items():
        if at in there and table[at] is not old:
            table[at] = indefinite(table[at], f"{name}[{at!r}]", place, why)


def unset_items(node: Any, body: list[ast.stmt], scope: Scope, why: str) -> None:
    """Constants in lists and dicts that a loop assigns to (`best["n"] = n`) are those of no turn that can be told."""
    for target in writes_of(node, body).items:
        container = named(target.value, scope)
        key = target.slice.value if isinstance(target.slice, ast.Constant) else None
        place = scope.place(target)
        if isinstance(container, ListValue):
            container.items[:] = [
                indefinite(item, place.text, place, why) if key in (None, at) else item
                for at, item in enumerate(container.items)
            ]
            container.sample = indefinite(container.sample, place.text, place, why)
        elif isinstance(container, DictValue):
            new = {
                at: indefinite(item, place.text, place, why)
                for at, item in container.entries.items()
                if key in (None, at)
            }
            container.entries.update(new)


def forget(scope: Scope, before: dict[str, Value], why: str, node: Any, *, alike: bool = True) -> None:
    """Names that a loop reassigned hold what the last turn left: a number, tensor or constant of that kind, not a known one.

    Where its turns are not `alike`, because they ask what may be otherwise in each, a tensor that goes through them may have become anything.
    """
    for name, value in list(scope.names.items()):
        old = before.get(name)
        if (value is old and name in before) or is_private(name):
            continue
        place = scope.place(node)
        joining = joined_by(node, name) if isinstance(value, (Array, Tensor)) else None
        if joining is not None:
            scope.names[name] = _joined(value, joining, name, place, why)
        if name not in before or joining is not None:
            continue
        if is_int(old) and is_int(value):
            scope.names[name] = fresh_int(name, place, least=-(10**9))
        elif isinstance(value, Array) and carried(node, name):
            scope.names[name] = _after_more_turns(value, old, why, name, place)
        elif isinstance(value, Tensor) and isinstance(old, Tensor):
            again = carried(node, name)
            scope.names[name] = _tensor_after(
                value, None if again and not alike else old, name, why, place, again=again
            )
        elif isinstance(value, (int, float, str, bool, Dim, tuple)) and not isinstance(old, ListValue):
            scope.names[name] = changing(name, place, why)
        elif isinstance(value, (ListValue, DictValue, SetValue)):
            scope.names[name] = _another(value, old, name, why, place)


def forget_turn(scope: Scope, earlier: Sequence[Mapping[str, Value]], why: str, node: Any) -> None:
    """Arrays and tensors that turns make of what the turn before has left are those of no turn that can be told, if they were others after `earlier` ones:
    rows of images that grow until a line is full."""
    for name, value in list(scope.names.items()):
        if not isinstance(value, (Array, Tensor)) or is_private(name) or not carried(node, name):
            continue
        place = scope.place(node)
        for old in (names[name] for names in earlier if name in names):
            if isinstance(value, Array) and old is not value:
                value = _after_more_turns(value, old, why, name, place)
            elif isinstance(value, Tensor) and old is not value:
                before = old if isinstance(old, Tensor) else None
                value = _tensor_after(value, before, name, why, place, again=False)
        scope.names[name] = value


def forget_constants(
    names: dict[str, Value],
    before: dict[str, Value],
    why: str,
    place: Place,
    followed: Sequence[Any] = (),
    *,
    alike: bool = True,
) -> None:
    """Numbers and other constants that a loop, and the functions that were `followed` in it, changed outside its own scope, in attributes and
    globals, are not known."""
    for name, value in list(names.items()):
        old = before.get(name)
        if name not in before or value is old or is_private(name):
            continue
        if isinstance(value, (Array, Tensor)):
            joining = next(filter(None, (joined_by(node, name) for node in (place.node, *followed))), None)
            if joining is not None:
                names[name] = _joined(value, joining, name, place, why)
                continue
        if is_int(old) and is_int(value):
            names[name] = fresh_int(name, place, least=-(10**9))
        elif isinstance(value, Tensor) and isinstance(old, Tensor):
            names[name] = _tensor_after(value, old if alike else None, name, why, place, again=True)
        elif isinstance(value, (int, float, str, bool, Dim, tuple)):
            names[name] = changing(name, place, why)
        elif isinstance(value, (ListValue, DictValue, SetValue)):
            names[name] = _another(value, old, name, why, place)


def forget_what_follows(node: Any, body: list[ast.stmt], scope: Scope, before: dict[str, Value], why: str) -> None:
    """What a loop's body makes of numbers that change from turn to turn, and of its items, is not what the turn that was followed made."""
    writes = writes_of(node, body)
    changed = {name for name, value in scope.names.items() if name in before and value is not before[name]}
    changed.update(target.id for target in writes.grown + writes.ordered if isinstance(target, ast.Name))
    changed.update(target.value.id for target in writes.items if isinstance(target.value, ast.Name))
    targets = targets_of(node)
    place = scope.place(node)
    for name in targets | follow_from(node, body, changed | targets):
        value = scope.names.get(name, MISSING)
        if isinstance(value, tuple):
            scope.names[name] = changing(name, place, why)
        elif isinstance(value, (ListValue, DictValue, SetValue)) and value is not before.get(name):
            scope.names[name] = _another(value, before.get(name), name, why, place)
        elif value is not MISSING:
            scope.names[name] = indefinite(value, name, place, why)


def targets_of(loop: Any) -> frozenset[str]:
    """The names that stand for the item of a loop's turn."""
    return mentioned(loop.target) if isinstance(loop, (ast.For, ast.AsyncFor)) else frozenset()


@functools.lru_cache(maxsize=512)
def carried(node: Any, name: str) -> bool:
    """Does a turn of the loop use what the turn before it left under this name?"""
    for statement in getattr(node, "body", []):
        mentions = any(isinstance(n, ast.Name) and n.id == name for n in walk(statement))
        if not mentions:
            continue
        if not isinstance(statement, ast.Assign):
            return True
        return any(isinstance(n, ast.Name) and n.id == name for n in walk(statement.value))
    return True


@functools.lru_cache(maxsize=512)
def joined_by(node: Any, name: str) -> str | None:
    """The function by which a loop's turns join what the ones before have left under a name with more of it, where the first one makes it in another
    way: "vstack" of `rows = row if rows is None else np.vstack((rows, row))`."""
    for n in walk(node):
        for one, other in itertools.permutations(_sides(n, name), 2):
            joining = next(filter(None, (_joining(value, name) for value in one)), None)
            if joining is not None and any(name not in words(value) for value in other):
                return joining
    return None


def _sides(node: ast.AST, name: str) -> list[list[ast.expr]]:
    """What the sides of a statement that chooses between them set a name to."""
    if isinstance(node, (ast.Assign, ast.AnnAssign)) and isinstance(node.value, ast.IfExp):
        return [[node.value.body], [node.value.orelse]] if _sets(node, name) else []
    if isinstance(node, ast.If):
        blocks = [node.body, node.orelse]
    elif isinstance(node, ast.Try):
        blocks = [node.body, [statement for handler in node.handlers for statement in handler.body]]
    else:
        return []
    return [[n.value for n in walk(*block) if _sets(n, name) and n.value is not None] for block in blocks]


def _sets(node: ast.AST, name: str) -> TypeGuard[ast.Assign | ast.AnnAssign]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return any(last_name(target) == name for target in targets)


def _joining(value: ast.expr, name: str) -> str | None:
    """What is called with a list or tuple that holds this name and something else."""
    for call in walk(value):
        if isinstance(call, ast.Call):
            function = call.func.func if isinstance(call.func, ast.Call) else call.func
            rows = [a.elts for a in call.args if isinstance(a, (ast.List, ast.Tuple)) and len(a.elts) > 1]
            rows += [call.args] if last_name(function) == "append" else []
            if any(last_name(part) == name for row in rows for part in row):
                return last_name(function)
    return None


_KEEPS_AXES = {"concatenate": 1, "concat": 1, "hstack": 1, "vstack": 2, "row_stack": 2, "column_stack": 2, "dstack": 3}
"""The functions of NumPy that give arrays as many axes as those that they join have, from so many on."""


def _joined(value: Array | Tensor, joining: str, name: str, place: Place, why: str) -> Value:
    """What is left after turns that may have joined it with more, or not."""
    rank = value.shape.rank
    if isinstance(value, Tensor) or rank is None or rank < _KEEPS_AXES.get(joining, rank + 1):
        return changing(name, place, why)
    return _after_more_turns(value, None, why, name, place)


def _after_more_turns(value: Array, old: Value, why: str, name: str, place: Place) -> Value:
    """What an array is that every turn of a loop replaces: sizes that one turn changed may be anything."""
    rank = value.shape.rank
    if isinstance(old, Array) and (old.shape.rank != rank or rank is None):
        return changing(name, place, why)
    # None before the loop, which asks: the first turn alone makes it as this one does
    if isinstance(old, Unknown) and old.place is not None and old.place.node is place.node:
        return changing(name, place, why)
    dims = value.shape.dims
    if dims is not None:
        before = old.shape.dims if isinstance(old, Array) else None
        kept = [d if before and same(d, b) else ANY for d, b in zip(dims, before or dims)]
        dims = tuple(kept) if before else (ANY,) * len(dims)
    kind = value.dtype if not isinstance(old, Array) or old.dtype == value.dtype else None
    return Array(
        Shape(dims), kind, value.type_name, columns=value.columns, name=value.name, made=value.made, place=value.place
    )


def _tensor_after(value: Tensor, old: Tensor | None, name: str, why: str, place: Place, *, again: bool) -> Value:
    """What a loop leaves of a tensor; `again`: each turn makes it of the one before, which is None where turns differ."""
    after = _any_turn(value, old) if old is not None else None
    if after is None:
        return changing(name, place, why)
    if again:
        after.facts[LOOP] = f"layers are made in {why}"
    return after


def _any_turn(value: Tensor, before: Tensor) -> Tensor | None:
    """A tensor after any number of a loop's turns, from that after one and the one before: sizes that change are not known. None if axes come or go."""
    if str(value.shape) == str(before.shape):
        return value
    dims, old = value.shape.dims, before.shape.dims
    if dims is None or old is None or len(dims) != len(old):
        return None
    return replace(value, shape=Shape(tuple(d if str(d) == str(b) else ANY for d, b in zip(dims, old))))


def stacked(model: ModelObject, before: Value, why: str) -> None:
    """What a loop that put layers on a Sequential leaves of it: they may be there more often, and what it gives is that of any number of turns."""
    after = (
        _any_turn(model.outputs, before) if isinstance(model.outputs, Tensor) and isinstance(before, Tensor) else None
    )
    if after is not None:
        model.outputs = after
        model.uncounted = model.uncounted or f"layers are added in {why}"
    else:
        model.incomplete = model.incomplete or f"layers are added in {why}"
        model.forget()
