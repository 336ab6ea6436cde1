"""Numbers and what computes with them: `int`, `float`, `abs`, `divmod`, `sum`, `max` and their relatives."""

from __future__ import annotations

import builtins
import math
from collections.abc import Callable

from ...dims import Dim, Expr, TracedInt, less, mod, same
from ...knowledge import Call, attribute, find_function, find_method, function, method
from ...values import Array, ListValue, Object, OneOf, Tensor, Unknown, Value, fresh_int, int_value, is_int
from ..bridge import attempt, compute, items_of, known, label, reason_of, to_python, type_of
from .one_number import refuse_rounding, refuse_several
from .types import ask_tensor, special

_OF_NUMBERS = {
    "int": ("bit_length", "bit_count", "conjugate", "as_integer_ratio"),
    "float": ("is_integer", "hex", "conjugate", "as_integer_ratio"),
}


@method(
    *(
        f"builtins.{kind}.{name}"
        for kind, names in _OF_NUMBERS.items()
        for name in names
        if hasattr(getattr(builtins, kind), name)
    )
)
def number_method(call: Call) -> Value:
    """(5).bit_length(), (2.5).is_integer(), ..."""
    return compute(call, lambda n: getattr(n, call.name.rpartition(".")[2])(), call.receiver)


@attribute(
    "builtins.int.real", "builtins.int.imag", "builtins.int.numerator", "builtins.float.real", "builtins.float.imag"
)
def number_part(call: Call) -> Value:
    """(5).real and so on"""
    return compute(call, lambda n: getattr(n, call.name.rpartition(".")[2]), call.receiver)


def as_int(call: Call, value: Value) -> int | Dim | None:
    """An index-like value as an int or a symbol; None when it isn't one."""
    if isinstance(value, bool):
        return int(value)
    if is_int(value):
        return value  # type: ignore[no-any-return]
    if isinstance(value, Array) and value.shape.rank == 0 and value.dtype == "int":
        if isinstance(value.constant, int):
            return value.constant
        return fresh_int(value.name or "n", call.place, least=-(10**9), cause=value.origin)
    if isinstance(value, Unknown) and value.kind in (None, "int"):
        origin = value.origin
        return fresh_int(origin.label if origin else "n", call.place, least=-(10**9), cause=origin)
    return None


@function("builtins.int")
def int_(call: Call) -> Value:
    """int(x): symbols stay symbols; int() of an unknown number gives a symbol."""
    if not call.args:
        return 0 if not call.open else call.unknown("the argument is not known", "int")
    value = call.args[0]
    if len(call.args) > 1 or call.kwargs or isinstance(value, OneOf):
        return compute(call, int, *call.args, kind="int", **call.kwargs)
    if isinstance(value, (Dim, TracedInt)):
        return value
    if known(value):
        return attempt(call, lambda: int(to_python(value)))
    if isinstance(value, Array):
        refuse_several(call, value)
        if value.constant is not None and isinstance(value.constant, (int, float)):
            return attempt(call, lambda: int(value.constant))
    ask_tensor(call, "__int__", value)
    return fresh_int(label(call), call.place, least=_least(value), cause=getattr(value, "origin", None))


def _least(value: Value) -> int:
    """The least whole number that a numeric value can be, as far as is known."""
    if isinstance(value, Array) and value.low is not None and math.isfinite(value.low):
        return int(value.low)
    return -(10**9)


@function("builtins.float")
def float_(call: Call) -> Value:
    """float(x)"""
    if not call.args:
        return 0.0 if not call.open else call.unknown("the argument is not known", "float")
    value = call.args[0]
    refuse_several(call, value)
    if isinstance(value, Array) and isinstance(value.constant, (int, float)):
        return float(value.constant)
    ask_tensor(call, "__float__", value)
    return compute(call, float, value, kind="float")


@function("builtins.complex")
def complex_(call: Call) -> Value:
    """complex(x, y)"""
    return compute(call, complex, *call.args, kind="complex")


@function("builtins.bool")
def bool_(call: Call) -> Value:
    """bool(x)"""
    if not call.args:
        return False if not call.open else call.unknown("the argument is not known", "bool")
    answer = call.engine.truth(call.args[0])
    return answer if answer is not None else call.unknown(reason_of(call.args[0]), "bool")


@function("builtins.sum")
def sum_(call: Call) -> Value:
    """sum(x, start=0), symbols included, and lists one behind the other."""
    arguments = call.bind("iterable, /, start=0")
    items = items_of(call, arguments["iterable"])
    if items is None:
        return call.unknown(reason_of(arguments["iterable"]))
    total = arguments["start"]
    for item in items:
        if is_int(total) and is_int(item) and (isinstance(total, Dim) or isinstance(item, Dim)):
            total = Dim.of(total) + Dim.of(item)
        elif isinstance(total, (int, float)) and isinstance(item, (int, float)):
            total = total + item
        elif isinstance(total, Array) or isinstance(item, Array) or _are_rows(total, item):
            total = _add(call, total, item)
        else:
            return call.unknown(reason_of(item, total))
    return total


def _are_rows(left: Value, right: Value) -> bool:
    """Are these two lists, or two tuples, which Python joins?"""
    return any(isinstance(left, kind) and isinstance(right, kind) for kind in (ListValue, tuple))


def _add(call: Call, left: Value, right: Value) -> Value:
    holder, other, reflected = (
        (right, left, True) if not isinstance(left, Array) and isinstance(right, Array) else (left, right, False)
    )
    found = find_method(type_of(holder) or "", "__operator__")
    if found is None:
        return call.unknown("the sum is not known")
    return found[1](Call(found[0], ["+", other, reflected], {}, call.place, call.engine, holder))


@function("builtins.min", "builtins.max")
def extreme(call: Call) -> Value:
    """min() and max() of known values, or of sizes."""
    largest = call.name.endswith("max")
    items = call.args if len(call.args) > 1 else items_of(call, call.args[0]) if call.args else None
    kind = "int" if items and all(is_int(v) for v in items) else None
    if items is None or call.open:
        return call.unknown(reason_of(*call.args))
    if not items:
        if "default" in call.kwargs:
            return call.kwargs["default"]
        call.refuse("python-exception", message=f"ValueError: {call.name[9:]}() arg is an empty sequence")
    key = call.kwargs.get("key")
    keys = items if key is None else [call.engine.call(key, [v], place=call.place) for v in items]
    if all(known(k) for k in keys):
        pick: Callable[..., int] = max if largest else min
        return attempt(call, lambda: items[pick(range(len(items)), key=lambda i: to_python(keys[i]))])
    if kind == "int" and key is None:
        best = Dim.of(items[0])
        for item in items[1:]:
            best = best.maximum(Dim.of(item)) if largest else best.minimum(Dim.of(item))
        return int_value(best)
    return call.unknown(reason_of(*items), kind)


@function("builtins.abs")
def abs_(call: Call) -> Value:
    """abs(x)"""
    value = call.args[0] if call.args else None
    if isinstance(value, Dim) and isinstance(value.size, Expr) and less(value.size, 0) is False:
        return value
    if isinstance(value, Array):
        return _unary(call, value, "abs")
    own = special(call, "__abs__", value) if isinstance(value, (Object, Tensor)) else None
    return own if own is not None else compute(call, abs, value, kind="int" if isinstance(value, Dim) else None)


def _unary(call: Call, value: Value, operator: str) -> Value:
    handler = find_function(f"numpy.{operator}")
    if handler is None:
        return call.unknown("the result is not known")
    return handler(Call(f"numpy.{operator}", [value], {}, call.place, call.engine))


@function("builtins.round")
def round_(call: Call) -> Value:
    """round(x, ndigits=None)"""
    value = call.args[0] if call.args else None
    if isinstance(value, Dim) and len(call.args) == 1:
        return value
    if isinstance(value, Array) and value.shape.rank != 0:
        refuse_rounding(call, value)
        return _unary(call, value, "round")
    if len(call.args) == 1 and not known(value):
        return fresh_int(label(call), call.place, least=_least(value), cause=getattr(value, "origin", None))
    return compute(call, round, *call.args, kind="float", **call.kwargs)


@function("builtins.divmod")
def divmod_(call: Call) -> Value:
    """divmod(a, b)"""
    if len(call.args) == 2 and all(is_int(v) for v in call.args) and not all(known(v) for v in call.args):
        a, b = (Dim.of(v) for v in call.args)
        if a.exact is not None and b.exact is not None and same(b, 0) is False:
            return (int_value(a // b), int_value(Dim(mod(a.exact, b.exact))))
        return (call.unknown("the quotient is not known", "int"), call.unknown("the remainder is not known", "int"))
    return compute(call, divmod, *call.args)


@function("builtins.pow")
def pow_(call: Call) -> Value:
    """pow(a, b[, m]) of small known numbers."""
    if len(call.args) >= 2 and all(isinstance(v, int) for v in call.args[:2]):
        if abs(call.args[0]) > 10**6 or abs(call.args[1]) > 1000:
            return call.unknown("the power is too large to calculate", "int")
    return compute(call, pow, *call.args)


_FLAGS = 8
"""Of so many conditions at most it is asked which of them holds."""


@function("builtins.any", "builtins.all")
def any_all(call: Call) -> Value:
    """any(x) and all(x)"""
    wanted = call.name == "builtins.any"
    items = items_of(call, call.args[0]) if call.args else None
    if items is None:
        return call.unknown(reason_of(*call.args), "bool")
    verdicts = [call.engine.truth(v) for v in items]
    if wanted in verdicts:
        return wanted
    if None not in verdicts:
        return not wanted
    open_ones = [item for item, verdict in zip(items, verdicts) if verdict is None]
    keys = [item.key if isinstance(item, Unknown) else None for item in open_ones]
    key = None
    if None not in keys and len(keys) <= _FLAGS:  # the same as with `or` and `and` between them
        key = ("or" if wanted else "and", *keys) if len(keys) > 1 else keys[0]
    return Unknown(reason_of(*items), call.place, "bool", key=key)
