"""The attributes of an object whose methods nobody calls here: what is in them by then is up to whoever does."""

from __future__ import annotations

import ast
import copy

from ..nodes import walk
from ..places import Place
from ..values import (
    Array,
    ClassValue,
    DictValue,
    FunctionValue,
    ListValue,
    Object,
    SetValue,
    Unknown,
    Value,
    is_private,
)
from .lookup import lookup
from .scopes import Scope


def left_to_others(
    cls: ClassValue | None, method: FunctionValue, held: dict[str, Value], scope: Scope
) -> dict[str, Value]:
    """Unknowns for the attributes that may be something else when the method is called.

    What is None or empty, somebody may set or fill, or another class overrides it; the same goes for what is in objects of the program's own. And
    if the constructor calls the method in one of several branches, then with what that branch has set.
    """
    place = scope.place(getattr(cls, "node", None))
    by_branch = _set_by_branches(cls, method) if cls is not None else frozenset()
    found: dict[str, Value] = {}
    for name, value in {**_of_class(cls), **held}.items():
        if is_private(name):
            continue
        if name in by_branch:
            found[name] = _unknown(name, "depends on the branch", place)
        else:
            other = filled(name, value, place)
            if other is not value:
                found[name] = other
    return found


def _unknown(name: str, why: str, place: Place) -> Unknown:
    return Unknown(f"`{name}` {why}", place, key=("unset", name, id(place.node)))


def is_placeholder(value: Value) -> bool:
    """What stands for "not there yet", or "override me": None, 0, -1, the empty text, and containers and arrays with nothing in them."""
    if value is None or isinstance(value, (str, bytes)):
        return not value
    if isinstance(value, (int, float)):
        return not isinstance(value, bool) and value in (0, -1)
    if isinstance(value, tuple):
        return value == ()
    if isinstance(value, (ListValue, SetValue)):
        return not value.items and not value.open
    if isinstance(value, Array):
        return value.is_empty
    return isinstance(value, DictValue) and not value.entries and not value.open


_DEEPEST = 2
"""Objects in an object's attributes, and those in theirs."""


def filled(name: str, value: Value, place: Place, level: int = 0) -> Value:
    """A value as somebody may have filled it; the value itself where there is nothing to fill."""
    if is_placeholder(value):
        return _unknown(name, "is empty unless somebody fills it", place)
    if level == _DEEPEST:
        return value
    if type(value) is DictValue:
        entries = {key: filled(f"{name}[{key!r}]", item, place, level + 1) for key, item in value.entries.items()}
        if all(entries[key] is item for key, item in value.entries.items()):
            return value
        table = copy.copy(value)
        table.entries = entries
        return table
    if type(value) is not Object:
        return value
    held = {**_of_class(value.user_class), **value.attributes}
    inner = {key: filled(f"{name}.{key}", item, place, level + 1) for key, item in held.items()}
    changed = {key: item for key, item in inner.items() if item is not held[key]}
    if not changed:
        return value
    other: Object = copy.copy(value)
    other.attributes = {**value.attributes, **changed}
    return other


def _of_class(cls: ClassValue | None) -> dict[str, Value]:
    """What a class and those that it inherits from hold for all their instances."""
    return {
        name: value
        for owner in (reversed(cls.mro()) if cls is not None else ())
        if isinstance(owner, ClassValue)
        for name, value in owner.attributes.items()
        if not is_private(name)
    }


def _set_by_branches(cls: ClassValue, method: FunctionValue) -> frozenset[str]:
    """The attributes that a constructor sets in branches, one of which calls the method."""
    constructor = lookup(cls, "__init__")
    if not isinstance(constructor, FunctionValue) or not constructor.node.args.args:
        return frozenset()
    itself = constructor.node.args.args[0].arg
    found: set[str] = set()
    for branch in walk(*constructor.node.body):
        if isinstance(branch, ast.If):
            inside = _attributes_of(itself, branch)
            if any(node.attr == method.name for node in inside):
                found |= {node.attr for node in inside if isinstance(node.ctx, ast.Store)}
    return frozenset(found)


def _attributes_of(owner: str, within: ast.AST) -> list[ast.Attribute]:
    """`owner.x`, wherever it stands."""
    return [
        node
        for node in walk(within)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == owner
    ]


__all__ = ["filled", "is_placeholder", "left_to_others"]
