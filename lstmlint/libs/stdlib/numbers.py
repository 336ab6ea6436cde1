"""`math`: exact for known numbers, a symbol for the whole-numbered results of unknown ones."""

from __future__ import annotations

import math as real_math

from ...dims import Dim
from ...knowledge import Call, constant, function
from ...values import Array, Value, fresh_int
from ..bridge import compute, known, label

for _name in ("pi", "e", "tau", "inf", "nan"):
    constant(f"math.{_name}", getattr(real_math, _name))

_INTEGERS = ("ceil", "floor", "trunc", "gcd", "lcm", "isqrt", "comb", "perm", "factorial")
_MATH = [n for n in dir(real_math) if not n.startswith("_") and callable(getattr(real_math, n))]


@function(*(f"math.{name}" for name in _MATH))
def math_function(call: Call) -> Value:
    """math.f(x): exact for known numbers, a symbol for whole-numbered results of unknown ones."""
    short = call.name.removeprefix("math.")
    if short in ("ceil", "floor", "trunc") and len(call.args) == 1:
        value = call.args[0]
        if isinstance(value, Dim):
            return value
        if isinstance(value, Array) and isinstance(value.constant, (int, float)):
            return compute(call, getattr(real_math, short), value.constant)
        if not known(value):
            return fresh_int(label(call), call.place, least=-(10**9), cause=getattr(value, "origin", None))
    if short in ("factorial", "comb", "perm") and any(isinstance(a, int) and a > 500 for a in call.args):
        return call.unknown("the number is too large to calculate", "int")
    kind = "int" if short in _INTEGERS else "bool" if short.startswith("is") else "float"
    if short in ("prod", "fsum", "sumprod", "modf", "frexp"):
        return compute(call, getattr(real_math, short), *call.args, **call.kwargs)
    return compute(call, getattr(real_math, short), *call.args, kind=kind, **call.kwargs)
