"""Sizes of a symbolic tensor's shape, and what a program takes them for: a number where they are None, TensorFlow 1's `Dimension`.

None can't remember where it comes from. So it is remembered of the expressions that read a size, and of the names that got one.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from ..dims import Dim
from ..faults import Fault, Moment
from ..libs.sizes import CALCULATING, EVERY, NUMBERS, NUMBERS_IN_CALL, ROWS, ROWS_IN_CALL, WHOLE
from ..places import Place
from ..values import Array, External, ExternalMethod, ListValue, ShapeList, ShapeTuple, Tensor, Unknown, Value
from .scopes import Scope

if TYPE_CHECKING:
    from .machine import Machine

_UNORDERED = ("==", "!=")


def _shape_of(value: Value) -> ShapeTuple | None:
    """The shape that a value is, or that a list of sizes was made of."""
    return value if type(value) is ShapeTuple else value.shape if type(value) is ShapeList else None


def read(machine: Machine, node: ast.Subscript, value: Value, size: Value) -> None:
    """Take note of `shape[i]`."""
    shape = _shape_of(value)
    if shape is not None and not isinstance(size, (tuple, ListValue)):
        machine.reads_sizes = True
        machine.sizes_read[id(node)] = shape
    else:
        machine.sizes_read.pop(id(node), None)


def assigned(machine: Machine, target: ast.expr, node: ast.expr, scope: Scope) -> None:
    """Take note that names have got sizes: `n = x.shape[1]`, `batch, steps, features = x.shape`."""
    if isinstance(target, (ast.Tuple, ast.List)):
        if isinstance(node, (ast.Tuple, ast.List)) and len(node.elts) == len(target.elts):
            for one, given in zip(target.elts, node.elts):
                assigned(machine, one, given, scope)
        return
    shape = origin(machine, node, scope)
    if shape is not None:
        _name(machine, target, shape, scope)


def unpacked(machine: Machine, targets: list[ast.expr], value: Value, scope: Scope) -> None:
    """Take note of the names in `batch, steps, features = x.shape`."""
    shape = _shape_of(value)
    if shape is not None and not any(isinstance(target, ast.Starred) for target in targets):
        machine.reads_sizes = True
        for target in targets:
            _name(machine, target, shape, scope)


def _name(machine: Machine, target: ast.expr, shape: ShapeTuple, scope: Scope) -> None:
    names = scope.holder(target.id) if isinstance(target, ast.Name) else None
    if names is not None and isinstance(target, ast.Name) and names[target.id] is None:
        machine.open_names[id(names), target.id] = (names, shape)


def forget(machine: Machine, name: str, scope: Scope) -> None:
    """A name has got another value."""
    names = scope.holder(name)
    if names is not None:
        machine.open_names.pop((id(names), name), None)


def origin(machine: Machine, node: ast.expr, scope: Scope) -> ShapeTuple | None:
    """The shape of which an expression, as it was just evaluated, has read a size; None for any other."""
    if isinstance(node, ast.Subscript):
        return machine.sizes_read.get(id(node))
    if isinstance(node, ast.Name) and machine.open_names:
        names = scope.holder(node.id)
        found = machine.open_names.get((id(names), node.id)) if names is not None else None
        return found[1] if found is not None else None
    return None


def _open(machine: Machine, node: ast.expr, value: Value, scope: Scope) -> ShapeTuple | None:
    """The shape of which an expression has read a None that is one in Keras, too."""
    shape = origin(machine, node, scope) if value is None else None
    return shape if shape is not None and not shape.fixed else None


def refuses_operator(
    machine: Machine, symbol: str, operands: list[tuple[ast.expr, Value]], scope: Scope, place: Place
) -> Value | None:
    """What `n * 2` is worth where n is an open size, and the other one a number; None where that isn't so."""
    found = next((shape for node, value in operands if (shape := _open(machine, node, value, scope))), None)
    if found is None or symbol in _UNORDERED:
        return None
    for _, value in operands:
        plain = value is None or isinstance(value, (int, float, Dim, tuple, ListValue, Array, Tensor))
        if not plain and not (isinstance(value, Unknown) and value.kind in ("int", "float")):
            return None
    return _refuse(machine, found, place, f"`{symbol}`", "TypeError")


def refuses_call(
    machine: Machine,
    function: External | ExternalMethod,
    node: ast.Call,
    args: list[Value],
    kwargs: dict[str, Value],
    scope: Scope,
    place: Place,
) -> Value | None:
    """What a call is worth that is given an open size where its function needs a number; None for any other."""
    if len(args) != len(node.args):
        return None
    name = function.name
    short = f"{name.removeprefix('builtins.').removeprefix('keras.layers.Layer.')}()"
    if machine.reads_sizes and (name in NUMBERS or name in NUMBERS_IN_CALL):
        for argument, value in list(zip(node.args, args))[: EVERY.get(name, 1)]:
            shape = _open(machine, argument, value, scope)
            if shape is not None and (name in NUMBERS or shape.graph):
                return _refuse(machine, shape, place, short, NUMBERS.get(name) or NUMBERS_IN_CALL[name])
    row = ROWS.get(name) or ROWS_IN_CALL.get(name)
    if row is not None:
        position, keyword, raised = row
        given = {k.arg: k.value for k in node.keywords}
        shown = node.args[position] if position < len(args) else given.get(keyword)
        value = args[position] if position < len(args) else kwargs.get(keyword)
        shape = _in_row(machine, shown, value, scope) if shown is not None else None
        if shape is not None and (name in ROWS or shape.graph):
            return _refuse(machine, shape, place, short, raised)
    if name in WHOLE and len(args) == 1 and not kwargs:
        shape = _shape_of(args[0])
        if shape is not None and not shape.fixed and None in shape and len(shape) >= WHOLE[name]:
            if all(size is None or isinstance(size, (int, Dim)) for size in shape):
                return _refuse(machine, shape, place, short, "TypeError")
    return None


def _in_row(machine: Machine, node: ast.expr, value: Value, scope: Scope) -> ShapeTuple | None:
    """The shape whose open size is in a row of sizes: a shape itself, or `(x.shape[0], 3)`."""
    if type(value) is ShapeTuple:
        return value if None in value and not value.fixed else None
    if isinstance(node, (ast.Tuple, ast.List)) and machine.reads_sizes:
        row = value.items if isinstance(value, ListValue) else value
        if isinstance(row, (tuple, list)) and len(row) == len(node.elts):
            found = (_open(machine, part, item, scope) for part, item in zip(node.elts, row))
            return next((shape for shape in found if shape is not None), None)
    return None


def _refuse(machine: Machine, shape: ShapeTuple, place: Place, what: str, exception: str) -> Unknown:
    shown = f"({', '.join(str(size) for size in shape)}{',' if len(shape) == 1 else ''})"
    message = f"{what} needs a number, and gets None"
    details = {"what": what, "shape": shown, "inside": shape.graph, "exception": exception}
    fault = Fault(
        "none-as-size", Moment.RUN, place, "keras.KerasTensor", "a number", "None", (), message, True, details
    )
    machine.raise_fault(fault, exception)
    return Unknown(f"{exception} is raised here", place)


def refuses_dimension(machine: Machine, node: ast.Attribute, value: Value, scope: Scope, place: Place) -> Value | None:
    """What `x.shape[1].value` is worth, which TensorFlow 1 had; None for any other attribute."""
    if node.attr != "value" or not (value is None or isinstance(value, (int, Dim))):
        return None
    if origin(machine, node.value, scope) is None:
        return None
    kind = "NoneType" if value is None else "int"
    fault = Fault(
        "no-attribute", Moment.RUN, place, "keras.KerasTensor", "", "value", (), f"'{kind}' object has no attribute 'value'", True,
        {"attribute": "value", "of": "size"},
    )  # fmt: skip
    machine.raise_fault(fault, "AttributeError")
    return Unknown("AttributeError is raised here", place)


__all__ = [
    "CALCULATING",
    "assigned",
    "forget",
    "read",
    "refuses_call",
    "refuses_dimension",
    "refuses_operator",
    "unpacked",
]
