"""Assigning to names, attributes, items, and several of them at once."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from ..dims import Dim, TracedInt
from ..faults import Fault, Moment
from ..places import Origin, Place
from ..program import Binding
from ..values import (
    Array,
    Dataset,
    IteratorValue,
    ListValue,
    Nothing,
    Object,
    ShapeList,
    ShapeTuple,
    Tensor,
    Unknown,
    Value,
)
from . import open_sizes
from .scopes import Scope
from .ways import bounded

if TYPE_CHECKING:
    from .machine import Machine


def assign_name(machine: Machine, scope: Scope, name: str, value: Value, node: Any) -> None:
    """`name = value`: integers remember the name, arrays and tensors take it."""
    place = scope.place(node)
    value = trace(value, name, place)
    scope.bind(name, value)
    if value is None and machine.open_names:
        names = scope.holder(name)
        if names is not None:
            open_sizes.forget(machine, names, name)
    if isinstance(value, (Array, Tensor, Dataset, Object, Dim, TracedInt)):
        machine.record.bindings.append(Binding(name, value, place))


def trace(value: Value, label: str, place: Place) -> Value:
    """The value with its new name as its origin."""
    kind = type(value)
    if kind is int:
        return TracedInt(value, Origin(label, place))
    if kind is TracedInt:
        return TracedInt(value, Origin(label, place, value.origin))
    if kind is Dim:
        return Dim(value.size, value.role, Origin(label, place, value.origin))
    if kind in (Array, Tensor) and value.name is None:
        value.name = label
    return value


def assign(machine: Machine, target: ast.expr, value: Value, scope: Scope) -> None:
    """Assign to a name, attribute, subscript, or a tuple of such."""
    if isinstance(target, ast.Name):
        assign_name(machine, scope, target.id, value, target)
    elif isinstance(target, (ast.Tuple, ast.List)):
        _unpack(machine, target.elts, value, scope, target)
    elif isinstance(target, ast.Attribute):
        receiver = machine.evaluate(target.value, scope)
        place = scope.place(target)
        label = f"{target.value.id}.{target.attr}" if isinstance(target.value, ast.Name) else target.attr
        machine.set_attribute(receiver, target.attr, trace(value, label, place), place)
    elif isinstance(target, ast.Subscript):
        receiver = machine.evaluate(target.value, scope)
        machine.set_item(receiver, machine.evaluate(target.slice, scope), value, scope.place(target))
    elif isinstance(target, ast.Starred):
        assign(machine, target.value, value, scope)


def _unpack(machine: Machine, targets: list[ast.expr], value: Value, scope: Scope, node: ast.expr) -> None:
    place = scope.place(node)
    if isinstance(value, Nothing):
        machine.refuse_nothing(value, "=", "TypeError", "cannot unpack non-iterable NoneType object", place)
    items = machine.iterate(value, place)
    star = next((i for i, t in enumerate(targets) if isinstance(t, ast.Starred)), None)
    if isinstance(value, Unknown) and value.kind == "float":
        machine.raise_fault(_unpack_fault(value, len(targets), 1, "not enough", place), "TypeError")
    if items is None:
        reason = value.reason if isinstance(value, Unknown) else "what is unpacked here is not known"
        sample = value.sample if isinstance(value, (ListValue, IteratorValue)) and value.open else None
        for i, target in enumerate(targets):
            key = bounded((value.key, i)) if isinstance(value, Unknown) and value.key is not None else None
            of = value if isinstance(value, Unknown) else None
            item = sample if sample is not None else Unknown(reason, place, key=key, of=of)
            assign(machine, target, ListValue([], True) if isinstance(target, ast.Starred) else item, scope)
        return
    if (star is None and len(items) != len(targets)) or (star is not None and len(items) < len(targets) - 1):
        few = "too many" if len(items) > len(targets) else "not enough"
        fault = _unpack_fault(value, len(targets), len(items), few, place)
        machine.raise_fault(fault, "ValueError")
        for target in targets:
            assign(machine, target, Unknown("unpacking raises here", place), scope)
        return
    if star is not None:
        after = len(targets) - star - 1
        items = [*items[:star], ListValue(items[star : len(items) - after]), *items[len(items) - after :]]
    for target, item in zip(targets, items):
        assign(machine, target, item, scope)
    if isinstance(value, (ShapeTuple, ShapeList)):
        open_sizes.unpacked(machine, targets, value, scope)


def _unpack_fault(value: Value, wanted: int, got: int, few: str, place: Place) -> Fault:
    """The fault of `a, b = value` with another number of items."""
    message = f"{few} values to unpack (expected {wanted}, got {got})"
    outputs = isinstance(value, tuple) and bool(value) and all(isinstance(v, Tensor) and v.call for v in value)
    details = {"value": value, "layer_outputs": outputs, "wanted": wanted, "count": got}
    return Fault("unpack", Moment.RUN, place, "unpacking", f"{wanted} values", f"{got}", (), message, True, details)
