"""What a block of statements writes to, and what that means where it may not have been run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from ..nodes import walk
from ..values import (
    Array,
    DictValue,
    ListValue,
    Object,
    SetValue,
    Unknown,
    Value,
)
from .lookup import lookup
from .scopes import MISSING, Scope

if TYPE_CHECKING:
    from .machine import Machine


class _Writes(NamedTuple):
    """What a block writes to, in the order in which it stands there."""

    takes: list[tuple[frozenset[str], frozenset[str]]]
    """Names that one statement sets, with those that it reads for that."""
    grown: list[ast.expr]
    """Lists and dicts that it appends to, stores into or takes from."""
    ordered: list[ast.expr]
    """Lists that it puts into another order."""
    items: list[ast.Subscript]
    stored: list[ast.Name | ast.Attribute]
    choices: list[ast.If]
    yields: list[ast.expr]


def writes_of(node: Any, body: list[ast.stmt]) -> _Writes:
    """What a block of `node` writes to, looked for once."""
    cache: dict[int, _Writes] = node.__dict__.setdefault("writes_", {})
    found = cache.get(id(body))
    if found is None:
        found = cache[id(body)] = _Writes([], [], [], [], [], [], [])
        for n in walk(*body):
            if isinstance(n, (ast.Assign, ast.AnnAssign, ast.For, ast.NamedExpr)):
                found.takes.append(_taken(n))
            if isinstance(n, (ast.Name, ast.Attribute)):
                if isinstance(n.ctx, ast.Store):
                    found.stored.append(n)
            elif isinstance(n, ast.Subscript):
                if isinstance(n.ctx, ast.Store):
                    found.items.append(n)
            elif isinstance(n, ast.Call):
                if isinstance(n.func, ast.Attribute) and n.func.attr in GROWING:
                    found.grown.append(n.func.value)
                elif isinstance(n.func, ast.Attribute) and n.func.attr in _ORDERING:
                    found.ordered.append(n.func.value)
            elif isinstance(n, ast.Delete):
                found.grown.extend(target.value for target in n.targets if isinstance(target, ast.Subscript))
            elif isinstance(n, ast.AugAssign):
                found.grown.append(n.target)
            elif isinstance(n, ast.Assign):
                if isinstance(n.targets[0], ast.Subscript):
                    found.grown.append(n.targets[0].value)
            elif isinstance(n, ast.If):
                found.choices.append(n)
            elif isinstance(n, (ast.Yield, ast.YieldFrom)):
                found.yields.append(n)
    return found


def _taken(node: Any) -> tuple[frozenset[str], frozenset[str]]:
    """The names that an assignment or a loop sets, and those that what it sets them to mentions."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    value = node.iter if isinstance(node, ast.For) else node.value
    return mentioned(*targets), mentioned(value) if value is not None else frozenset()


def mentioned(*nodes: ast.AST) -> frozenset[str]:
    """The names that stand anywhere in these nodes."""
    return frozenset(n.id for n in walk(*nodes) if isinstance(n, ast.Name))


def follow_from(node: Any, body: list[ast.stmt], changed: set[str]) -> set[str]:
    """The names that a block sets to something that comes from those that are `changed`, directly or by way of others."""
    found: set[str] = set()
    while True:
        more = {
            name
            for targets, read in writes_of(node, body).takes
            if not read.isdisjoint(changed | found)
            for name in targets
        }
        if more <= found:
            return found
        found |= more


GROWING = frozenset(
    [
        "append", "extend", "insert", "pop", "remove", "appendleft", "popleft", "popitem", "update", "add", "discard", "setdefault", "clear",
    ]
)  # fmt: skip
_ORDERING = frozenset(["sort", "reverse"])


def named(target: ast.expr, scope: Scope) -> Value:
    """What a name or an attribute of a name holds; None where that can't be seen."""
    if isinstance(target, ast.Name):
        return scope.find(target.id)
    if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
        owner = scope.find(target.value.id)
        return owner.attributes.get(target.attr) if isinstance(owner, Object) else None
    return None


def reached(target: ast.expr, scope: Scope) -> list[Value]:
    """What an expression may stand for that names something: `rows`, `self.rows`, any of the lists in `rows[key]`, `rows[key].items`,
    `rows.setdefault(key, [])`."""
    if isinstance(target, ast.Name):
        return [scope.find(target.id)]
    if isinstance(target, ast.Attribute):
        owners = [owner for owner in reached(target.value, scope) if isinstance(owner, Object)]
        return [owner.attributes[target.attr] for owner in owners if target.attr in owner.attributes]
    if isinstance(target, ast.Subscript):
        key = target.slice.value if isinstance(target.slice, ast.Constant) else MISSING
        return [item for held in reached(target.value, scope) for item in _items(held, key)]
    if (
        isinstance(target, ast.Call)
        and isinstance(target.func, ast.Attribute)
        and target.func.attr in ("setdefault", "get")
    ):
        return [item for held in reached(target.func.value, scope) for item in _items(held, MISSING)]
    return []


def _items(container: Value, key: Any) -> list[Value]:
    """What stands under a key of a container; all that is in it where the key is not known."""
    if isinstance(container, (ListValue, tuple)):
        return list(container.items if isinstance(container, ListValue) else container)
    if isinstance(container, DictValue):
        if key in container.entries:
            return [container.entries[key]]
        sample = [] if container.sample is None else [container.sample]
        return [*container.entries.values(), *sample]
    return []


def loosen(node: Any, body: list[ast.stmt], scope: Scope) -> None:
    """Which items the lists and dicts have that a block appends to or stores into, and what it yields, is not known: that depends on conditions
    that were decided by assumption."""
    for value in grown_by(node, body, scope):
        loosened(value)
    if writes_of(node, body).yields:
        loosened(scope.yields)


def grown_by(node: Any, body: list[ast.stmt], scope: Scope) -> list[Value]:
    """The lists, dicts and the like that a block appends to, stores into or takes from."""
    return [value for target in writes_of(node, body).grown for value in reached(target, scope)]


def loosened(value: Value) -> None:
    """Which items a list, dict or set has is not known from here on, nor what stands under a dict's unknown key."""
    if isinstance(value, ListValue):
        value.sample = None if value.items else value.sample
        value.loosen()
    elif isinstance(value, DictValue):
        value.open, value.sample = True, None
    elif isinstance(value, SetValue):
        value.open = True
    elif isinstance(value, Unknown):  # one of a few
        for one in value.among:
            loosened(one)


def leave_open(node: Any, body: list[ast.stmt], scope: Scope) -> None:
    """A list that is empty because a condition that can't be decided was taken to fail may be filled elsewhere on the same condition."""
    for target in writes_of(node, body).grown:
        for value in reached(target, scope):
            if isinstance(value, ListValue) and not value.items:
                value.loosen()


def assigned(node: Any, body: list[ast.stmt]) -> list[ast.Name | ast.Attribute]:
    """The names and attributes that a block assigns to."""
    return writes_of(node, body).stored


def assigned_at_times(node: Any, body: list[ast.stmt]) -> list[ast.Name | ast.Attribute]:
    """The names and attributes that a block assigns to under a condition."""
    return [
        target
        for choice in writes_of(node, body).choices
        for target in assigned(choice, choice.body) + assigned(choice, choice.orelse)
    ]


def as_before(name: str, scope: Scope, before: dict[str, Value]) -> bool:
    return name in before and scope.names.get(name) is before[name]


def unset(targets: list[ast.Name | ast.Attribute], scope: Scope, kinds: tuple[type, ...] = ()) -> None:
    """What is None, an array without values (or a constant of one of the kinds) until a turn that can't be told sets it need not be that after the
    loop."""
    for target, name, value, table in held(targets, scope):
        if value is None or (isinstance(value, Array) and value.is_empty) or isinstance(value, kinds):
            reason = f"`{name}` is set in a turn of the loop that can't be told"
            table[name] = Unknown(reason, scope.place(target), key=("set in a turn", id(target)))


def leave_absent(machine: Machine, targets: list[ast.Name | ast.Attribute], scope: Scope) -> None:
    """What is None as a condition that can't be decided was taken to fail is only that as far as conditions go."""
    for target, name, value, table in held(targets, scope):
        if value is None:
            reason = f"`{name}` is None on a condition that can't be decided here"
            table[name] = machine.absent(reason, scope.place(target), target)


def held(
    targets: list[ast.Name | ast.Attribute], scope: Scope
) -> Iterator[tuple[ast.Name | ast.Attribute, str, Value, dict[str, Value]]]:
    """Each target that has a value: its name, the value (an instance may have its class's), and the table for another one."""
    for target in targets:
        if isinstance(target, ast.Name):
            name, table, value = target.id, scope.names, scope.names.get(target.id, MISSING)
        else:
            owner = scope.find(target.value.id) if isinstance(target.value, ast.Name) else None
            if not isinstance(owner, Object):
                continue
            name, table = target.attr, owner.attributes
            value = table[name] if name in table else lookup(owner.user_class, name) if owner.user_class else MISSING
        if value is not MISSING:
            yield target, name, value, table
