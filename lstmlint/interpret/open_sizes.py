"""Sizes of a symbolic tensor's shape, and what a program takes them for: a number where they are None, TensorFlow 1's `Dimension`.

None can't remember where it comes from. So it is remembered of the expressions that read a size, and of the names, attributes and parameters that got one.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from ..dims import Dim
from ..faults import Fault, Moment
from ..frozen import dataclass
from ..libs.sizes import CALCULATING, EVERY, NUMBERS, NUMBERS_IN_CALL, ROWS, ROWS_IN_CALL, WHOLE, in_graph
from ..places import Place
from ..values import Array, External, ExternalMethod, ListValue, Object, ShapeList, ShapeTuple, Tensor, Unknown, Value
from .scopes import MISSING, Scope

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


@dataclass(frozen=True, slots=True)
class OpenName:
    """A name or an attribute that got a None out of a shape.

    names   the names or attributes among which it is
    shape   the shape
    run     for an attribute that got it in a layer's `call`: the outermost method of the object that was being followed. Other calls
            have other sizes
    """

    names: dict[str, Value]
    shape: ShapeTuple
    run: Scope | None = None


def _name(machine: Machine, target: ast.expr, shape: ShapeTuple, scope: Scope) -> None:
    owner, names, name = _holder(target, scope)
    if names is not None and names.get(name, MISSING) is None:
        run = _outermost(machine, owner) if shape.graph else None
        machine.open_names[id(names), name] = OpenName(names, shape, run)


def _holder(node: ast.expr, scope: Scope) -> tuple[Object | None, dict[str, Value] | None, str]:
    """Where a name or an attribute stands: the object, for an attribute, and the names or attributes that have it; nothing for other expressions."""
    if isinstance(node, ast.Name):
        return None, scope.holder(node.id), node.id
    if isinstance(node, ast.Attribute):
        _, names, name = _holder(node.value, scope)
        owner = names.get(name) if names is not None else None
        if isinstance(owner, Object):
            return owner, owner.attributes, node.attr
    return None, None, ""


def _outermost(machine: Machine, owner: Object | None) -> Scope | None:
    """The outermost method of an object that is being followed."""
    return next((scope for scope in machine.active if owner is not None and scope.receiver is owner), None)


def given(machine: Machine, node: ast.Call, args: list[Value], kwargs: dict[str, Value], scope: Scope) -> None:
    """Take note of the arguments of a call that are sizes."""
    found = list(zip(node.args, args)) if len(args) == len(node.args) else []
    found += [(k.value, kwargs.get(k.arg)) for k in node.keywords if k.arg is not None]
    for argument, value in found:
        if value is None and not isinstance(argument, ast.Subscript):
            shape = origin(machine, argument, scope)
            if shape is not None:
                machine.sizes_read[id(argument)] = shape
            else:
                machine.sizes_read.pop(id(argument), None)


def taken(
    machine: Machine, parameters: ast.arguments, arg_places: list[Place], kwarg_places: dict[str, Place], scope: Scope
) -> None:
    """Take note of the parameters that have got sizes, where the function of this scope begins."""
    names = [parameter.arg for parameter in (*parameters.posonlyargs, *parameters.args)]
    for name, place in (*zip(names, arg_places), *kwarg_places.items()):
        shape = machine.sizes_read.get(id(place.node))
        if shape is not None and scope.names.get(name, MISSING) is None:
            machine.open_names[id(scope.names), name] = OpenName(scope.names, shape)


def forget(machine: Machine, names: dict[str, Value], name: str) -> None:
    """A name or an attribute has got another value."""
    machine.open_names.pop((id(names), name), None)


def origin(machine: Machine, node: ast.expr, scope: Scope) -> ShapeTuple | None:
    """The shape of which an expression, as it was just evaluated, has read a size; None for any other."""
    if isinstance(node, ast.Subscript):
        return machine.sizes_read.get(id(node))
    if machine.open_names:
        owner, names, name = _holder(node, scope)
        found = machine.open_names.get((id(names), name)) if names is not None else None
        if found is not None and (found.run is None or found.run is _outermost(machine, owner)):
            return found.shape
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
            if shape is not None and (name in NUMBERS or shape.graph or in_graph()):
                return _refuse(machine, shape, place, short, NUMBERS.get(name) or NUMBERS_IN_CALL[name])
    row = ROWS.get(name) or ROWS_IN_CALL.get(name)
    if row is not None:
        position, keyword, raised = row
        given = {k.arg: k.value for k in node.keywords}
        shown = node.args[position] if position < len(args) else given.get(keyword)
        value = args[position] if position < len(args) else kwargs.get(keyword)
        shape = _in_row(machine, shown, value, scope) if shown is not None else None
        if shape is not None and (name in ROWS or shape.graph or in_graph()):
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
    details = {"what": what, "shape": shown, "inside": shape.graph or in_graph(), "exception": exception}
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
    "given",
    "read",
    "refuses_call",
    "refuses_dimension",
    "refuses_operator",
    "taken",
    "unpacked",
]
