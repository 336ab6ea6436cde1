"""Where Python wants one number and gets an array of them: `float(x)`, `"%.2f" % x`, `f"{x:.2f}"`, `round(x, 2)`."""

from __future__ import annotations

from typing import TypeGuard

from ...dims import Dim, same
from ...faults import Fault, Moment
from ...knowledge import Call
from ...places import Place
from ...values import Array, Value


def _is_array(value: Value) -> TypeGuard[Array]:
    """Is this an array of NumPy's with at least one axis?"""
    return isinstance(value, Array) and value.type_name == "numpy.ndarray" and bool(value.shape.rank)


def refuse_several(call: Call, value: Value) -> None:
    """`float(array)`: an array of several numbers is none. One of a single number in an axis was one until NumPy 2.4."""
    if not _is_array(value):
        return
    several = same(value.shape.size(), Dim(1))
    if several is False:
        call.refuse(
            "not-one-number", "an array of one number", str(value.shape), "only length-1 arrays can be converted to Python scalars",
            exception="TypeError", blamed=call.arg_places[:1], subject="numpy.ndarray", array=value,
        )  # fmt: skip
    if several:
        call.notice("one-number-in-axis", subject="numpy.ndarray", array=value)


def format_fault(value: Value, spec: Value, place: Place) -> Fault | None:
    """What NumPy raises where an array with axes is formatted as a number is (`:.2f`); None where it doesn't."""
    if not _is_array(value) or not isinstance(spec, str) or not spec:
        return None
    message = "unsupported format string passed to numpy.ndarray.__format__"
    details = {"array": value, "spec": str(spec)}
    return Fault("array-format", Moment.RUN, place, "numpy.ndarray", "a number", str(spec), (), message, True, details)


def refuse_rounding(call: Call, value: Value) -> None:
    """`round(array, 2)` is no function of arrays."""
    if _is_array(value):
        call.refuse(
            "array-format", "a number", "round", "type numpy.ndarray doesn't define __round__ method", exception="TypeError", subject="numpy.ndarray",
            array=value, spec=None,
        )  # fmt: skip
