"""`inspect` and `typing`: what a function takes, and what is said only to type checkers."""

from __future__ import annotations

import ast

from ...knowledge import Call, base, constant, function
from ...values import BoundMethod, ClassValue, DictValue, FunctionValue, Object, Value
from ..builtins.kinds import CLASS, FUNCTION, METHOD, kind_of

constant("typing.TYPE_CHECKING", False)
base("inspect.Signature", "builtins.object")


@function("typing.cast")
def cast(call: Call) -> Value:
    """typing.cast(kind, value): the value itself."""
    return call.bind("typ, val")["val"]


@function("inspect.signature")
def signature(call: Call) -> Value:
    """inspect.signature(f): the names in `parameters` are known for the user's own functions, methods and classes."""
    given = call.args[0] if call.args else call.kwargs.get("callable")
    bound = isinstance(given, (BoundMethod, ClassValue))
    if isinstance(given, BoundMethod):
        given = given.function
    elif isinstance(given, ClassValue):
        given = call.engine.get_attribute(given, "__init__", call.place)
    if not isinstance(given, FunctionValue):
        return call.unknown("what it takes is not known")
    spec: ast.arguments = given.node.args
    names = [a.arg for a in (*spec.posonlyargs, *spec.args)][bound:]
    names += [a.arg for a in (spec.vararg, *spec.kwonlyargs, spec.kwarg) if a is not None]
    parameters: dict[Value, Value] = {name: call.unknown("a parameter") for name in names}
    return Object("inspect.Signature", attributes={"parameters": DictValue(parameters)}, place=call.place)


_ASKED = {"inspect.isclass": CLASS, "inspect.isfunction": FUNCTION, "inspect.ismethod": METHOD}


@function(*_ASKED)
def is_kind(call: Call) -> Value:
    """inspect.isclass(x), inspect.isfunction(x), inspect.ismethod(x)"""
    kind = kind_of(call.args[0]) if len(call.args) == 1 else None
    return call.unknown("what it is is not known", "bool") if kind is None else kind == _ASKED[call.name]
