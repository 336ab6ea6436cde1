"""Functions that are handed to what doesn't follow them: whoever has them calls them, and nobody counts how often, so that what they change isn't known."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..nodes import walk
from ..values import (
    Array,
    BoundMethod,
    ClassValue,
    ExternalMethod,
    FunctionValue,
    ModelObject,
    Object,
    Partial,
    Unknown,
    Value,
)
from .changes import GROWING, loosened, reached, writes_of
from .indefinite import unset_items
from .lookup import lookup
from .scopes import Scope

if TYPE_CHECKING:
    from .machine import Machine

CALLABLE = (FunctionValue, BoundMethod, ExternalMethod, Partial)
_FURTHER = 4
"""How deep the functions are looked into that such a function calls."""
_ASKING = (
    "abc.", "argparse.", "builtins.", "collections.", "contextlib.", "copy.", "dataclasses.", "functools.", "inspect.", "operator.", "types.",
    "typing.",
)  # fmt: skip
"""Libraries that keep a function or ask about it, or call it where that is followed."""


def callables(values: Iterable[Value]) -> list[Value]:
    """Those values that can be called and change something."""
    return [value for value in values if type(value) in CALLABLE]


def keeps_apart(name: str) -> bool:
    """Is it sure of a library's function that it doesn't call what it is given behind the engine's back?"""
    return name.startswith(_ASKING)


def changed_by(machine: Machine, value: Value, deep: int = _FURTHER) -> None:
    """What a function changes that is called any number of times, or not at all, where that isn't followed."""
    if isinstance(value, ExternalMethod):
        if value.name.rpartition(".")[2] in GROWING:
            loosened(value.receiver)
    elif isinstance(value, Partial):
        changed_by(machine, value.function, deep)
    elif isinstance(value, BoundMethod):
        _changed(machine, value.function, value.receiver, deep)
    elif isinstance(value, FunctionValue):
        _changed(machine, value, None, deep)


def _changed(machine: Machine, function: FunctionValue, receiver: Value, deep: int) -> None:
    node = function.node
    if not isinstance(function, FunctionValue) or not hasattr(node, "args"):
        return
    body: list[Any] = node.body if isinstance(node.body, list) else _block(node)
    writes = writes_of(node, body)
    parent, module, _ = function.scope
    outer = _outer_names(node, body)
    scope = Scope(module, _own_names(node, writes.stored, outer), parent, "function", function, receiver)
    parameters = [*node.args.posonlyargs, *node.args.args]
    if receiver is not None and parameters:
        scope.names[parameters[0].arg] = receiver
    why = f"`{function.name}`, which is called where that can't be seen"
    for target in writes.grown:
        for value in reached(target, scope):
            loosened(value)
            if isinstance(value, Array):
                value.write()
            elif isinstance(value, ModelObject):
                machine.escape([value], f"it may be changed in {why}")
    unset_items(node, body, scope, why)
    for stored in writes.stored:
        unknown = Unknown(f"it may be set in {why}", scope.place(stored), key=("set elsewhere", id(stored)))
        if isinstance(stored, ast.Attribute):
            for owner in reached(stored.value, scope):
                if isinstance(owner, (Object, ClassValue)):
                    owner.attributes[stored.attr] = unknown
        elif stored.id in outer:
            scope.global_names = scope.outer_names = outer
            holder = scope.holder(stored.id)
            if holder is not None:
                holder[stored.id] = unknown
    if deep:
        for call in _calls(node, body):
            for called in _called(call.func, scope):
                changed_by(machine, called, deep - 1)


def _block(node: Any) -> list[Any]:
    """The body of a lambda as a block, always the same one."""
    found: list[Any] | None = node.__dict__.get("block_")
    if found is None:
        found = node.block_ = [node.body]
    return found


def _own_names(node: Any, stored: list[ast.Name | ast.Attribute], outer: frozenset[str]) -> dict[str, Value]:
    """The function's own names, of which nothing is known: they hide others."""
    spec: ast.arguments = node.args
    names = [a.arg for a in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs, spec.vararg, spec.kwarg) if a is not None]
    names += [target.id for target in stored if isinstance(target, ast.Name)]
    hidden = Unknown("what a function is given elsewhere is not known")
    return {name: hidden for name in names if name not in outer}


def _outer_names(node: Any, body: list[Any]) -> frozenset[str]:
    """The names that a function sets outside of itself, looked for once."""
    found: frozenset[str] | None = node.__dict__.get("outer_")
    if found is None:
        stated = (n for n in walk(*body) if isinstance(n, (ast.Global, ast.Nonlocal)))
        found = node.outer_ = frozenset(name for n in stated for name in n.names)
    return found


def _calls(node: Any, body: list[Any]) -> list[ast.Call]:
    found: list[ast.Call] | None = node.__dict__.get("calls_")
    if found is None:
        found = node.calls_ = [n for n in walk(*body) if isinstance(n, ast.Call)]
    return found


def _called(function: ast.expr, scope: Scope) -> list[Value]:
    """The user's functions that an expression may stand for: `helper`, `self.helper`."""
    if isinstance(function, ast.Name):
        return callables(reached(function, scope))
    if not isinstance(function, ast.Attribute):
        return []
    found: list[Value] = []
    for owner in reached(function.value, scope):
        if isinstance(owner, Object) and owner.user_class is not None:
            method = lookup(owner.user_class, function.attr)
            if isinstance(method, FunctionValue):
                found.append(BoundMethod(method, owner))
    return found
