"""The None of a call that gives nothing back: `model = build()` where `build` has no `return`, `model = model.compile(...)`.

A None as such says little, for programs use it on purpose. One that such a call gave, and that the program takes an attribute of, unpacks, indexes
or gives to a layer, is a mistake.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from ..faults import Fault, Moment
from ..frozen import dataclass
from ..knowledge import gives_nothing
from ..nodes import gives_nothing_back
from ..places import Place
from ..values import BoundMethod, External, ExternalMethod, FunctionValue, Object, Unknown, Value
from .scopes import MISSING, Scope

if TYPE_CHECKING:
    from .machine import Machine


@dataclass(frozen=True, slots=True)
class Gave:
    """A call that gave None because what was called never gives anything back."""

    place: Place
    name: str
    """The canonical name of a library's function or method, the name of the user's own."""
    function: FunctionValue | None = None


def note(machine: Machine, node: ast.Call, function: Value, scope: Scope) -> None:
    """A call gave None: is it one that always does?"""
    own = function.function if isinstance(function, BoundMethod) else function
    found: Gave | None = None
    if isinstance(own, FunctionValue):
        if gives_nothing_back(own.node):
            found = Gave(scope.place(node), own.name, own)
    elif isinstance(own, (External, ExternalMethod)) and gives_nothing(own.name):
        found = Gave(scope.place(node), own.name)
    if found is not None:
        machine.gave[id(node)] = found
    else:
        machine.gave.pop(id(node), None)


def assigned(machine: Machine, target: ast.expr, node: ast.expr, scope: Scope) -> None:
    """`target = node`, which is None: note for the name or attribute where that came from."""
    holder = _holder(target, scope)
    if holder is None:
        return
    key, owner = holder
    gave = source(machine, node, scope)
    if gave is not None:
        machine.gave_to[key] = owner, gave
    else:
        machine.gave_to.pop(key, None)


def source(machine: Machine, node: ast.expr, scope: Scope) -> Gave | None:
    """The call that gave the None that this expression is; None where no such call did."""
    if isinstance(node, ast.Call):
        return machine.gave.get(id(node))
    holder = _holder(node, scope)
    found = machine.gave_to.get(holder[0]) if holder is not None else None
    return found[1] if found is not None else None


def _holder(node: ast.expr, scope: Scope) -> tuple[tuple[int, str], Any] | None:
    """What a name or an attribute of a name is known by, and the table or object that it is of."""
    if isinstance(node, ast.Name):
        table = scope.holder(node.id)
        return ((id(table), node.id), table) if table is not None else None
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        owner = scope.find(node.value.id)
        return ((id(owner), node.attr), owner) if isinstance(owner, Object) else None
    return None


def refuse(
    machine: Machine, node: ast.expr, scope: Scope, place: Place, exception: str, message: str, use: str
) -> Unknown | None:
    """Something is done with the None that `node` is, which Python refuses: None where that is no call's fault."""
    gave = source(machine, node, scope)
    if gave is None:
        return None
    name = node.id if isinstance(node, ast.Name) else None
    table = scope.holder(name) if name is not None else None
    unknown = Unknown(f"`{gave.name.rpartition('.')[2]}` gives nothing back", place)
    details = {"gave": gave, "use": use, "node": node, "scope_name": name}
    fault = Fault("none-used", Moment.RUN, place, "None", "", "None", (), message, True, details)
    machine.raise_fault(fault, exception)
    if table is not None and name is not None and table.get(name, MISSING) is None:
        table[name] = unknown  # one word about it is enough
    return unknown
