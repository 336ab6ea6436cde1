"""Operators and functions that work element by element, with broadcasting."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import Any

from ...knowledge import Call, find_method, function, method
from ...shapes import UNKNOWN_SHAPE, Shape, broadcast
from ...values import Array, ListValue, Tensor, Value
from .arrays import as_array, chosen_facts, converted_range, dtype_of, kept_facts, make, promote, unknown_array

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_TRUTHS = ("logical_and", "logical_or", "logical_xor", "isclose")
_OF_FLOATS = ("hypot", "arctan2")
_EXACT: dict[str, Any] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "//": lambda a, b: a // b,
    "%": lambda a, b: a % b,
}


def combine(call: Call, left: Value, right: Value, operator: str) -> Value:
    """The array that an element-wise operation of two values gives. Shapes that can't be broadcast are refused."""
    if any(isinstance(v, Array) and v.type_name in ("pandas.DataFrame", "pandas.Series") for v in (left, right)):
        from ..pandas.transforming import combine as combine_tables

        return combine_tables(call, left, right, operator)
    a, b = as_array(call, left), as_array(call, right)
    kind = kind_of(operator, a.dtype if a else None, b.dtype if b else None)
    if a is None or b is None:
        return unknown_array(call, left, right, dtype="bool" if operator in _COMPARISONS else None)
    type_name = _type_name(left, right)
    joined = broadcast(a.shape, b.shape)
    if joined.conflict is not None:
        if operator in ("==", "!="):
            return call.unknown("arrays of different shapes are compared", "bool")
        call.refuse(
            "broadcast",
            "shapes that can be broadcast together",
            f"{a.shape} and {b.shape}",
            f"operands could not be broadcast together with shapes {a.shape} {b.shape}",
            arrays=(a, b),
            operator=operator,
        )
    column, row = (a, b) if a.shape.rank == 2 else (b, a)
    if column.shape.rank == 2 and row.shape.rank == 1 and column.shape[1].known == 1:
        call.notice("column-against-row", subject="numpy.ndarray", column=column, row=row)
    bits = a.bits if a.bits == b.bits else a.bits if b.shape.rank == 0 and isinstance(right, (int, float)) else None
    if bits is None and a.shape.rank == 0 and isinstance(left, (int, float)):
        bits = b.bits
    constant = (
        _exactly(a.constant, b.constant, operator) if joined.shape.rank == 0 and kind in ("int", "bool") else None
    )
    main = a if b.shape.rank == 0 else b if a.shape.rank == 0 else None
    facts = chosen_facts(main, True, unscaled=True) if main is not None else {}
    low, high = _moved(a, b, operator)
    return make(
        call,
        joined.shape,
        kind,
        left,
        right,
        bits=bits,
        constant=constant,
        type_name=type_name,
        facts=facts,
        low=low,
        high=high,
    )


def _exactly(left: Value, right: Value, symbol: str) -> int | bool | None:
    """The operation on two whole numbers of NumPy's, where their width can't matter; None where they aren't known."""
    if not isinstance(left, int) or not isinstance(right, int) or isinstance(left, bool) or isinstance(right, bool):
        return None
    if symbol in _COMPARISONS:
        return _COMPARISONS[symbol](int(left), int(right))
    if symbol not in _EXACT or right == 0:
        return None
    found: int = _EXACT[symbol](int(left), int(right))
    return found if abs(found) < 2**31 else None


def _moved(a: Array, b: Array, operator: str) -> tuple[float | None, float | None]:
    """The range after an operation with one known number: x / 255, x - 1, 2 * x."""
    if a.low is None or a.high is None or a.dtype not in ("float", "int"):
        return None, None
    number = b.constant
    if isinstance(number, bool) or not isinstance(number, (int, float)) or not math.isfinite(number):
        return None, None
    if a.dtype == "int" and (a.bits or 64) < 32 and operator != "/":  # may wrap around
        return None, None
    if operator == "/" and number > 0:
        return a.low / number, a.high / number
    if operator == "*" and number > 0:
        return a.low * number, a.high * number
    if operator in ("+", "-"):
        step = number if operator == "+" else -number
        return a.low + step, a.high + step
    return None, None


def _type_name(left: Value, right: Value) -> str:
    for value in (left, right):
        if isinstance(value, Array) and value.type_name != "numpy.ndarray":
            return value.type_name
    return "numpy.ndarray"


def kind_of(operator: str, left: str | None, right: str | None) -> str | None:
    if operator in _COMPARISONS or operator in _TRUTHS:
        return "bool"
    kind = promote(left, right)
    if (operator == "/" or operator in _OF_FLOATS) and kind in ("int", "bool"):
        return "float"
    if operator in ("+", "-", "*", "/", "//", "%", "**") and kind == "bool":
        return "int" if operator in ("//", "%", "**") else "bool"
    return kind


@method("numpy.ndarray.__operator__")
def operator_(call: Call) -> Value:
    """array operator other"""
    operator, other = call.args[0], call.args[1]
    reflected = bool(call.args[2]) if len(call.args) > 2 else False
    own = call.receiver
    if isinstance(other, Tensor) or (
        isinstance(other, Array)
        and other.type_name.startswith(("tensorflow", "keras"))
        and own.type_name == "numpy.ndarray"
    ):
        found = find_method("keras.KerasTensor" if isinstance(other, Tensor) else other.type_name, "__operator__")
        if found is None or found[1] is operator_:
            return (
                call.unknown("an array with a tensor is not followed")
                if isinstance(other, Tensor)
                else combine(call, own, other, operator)
            )
        return found[1](Call(found[0], [operator, own, not reflected], {}, call.place, call.engine, other))
    left, right = (other, own) if reflected else (own, other)
    if operator == "@":
        from .linear import matmul_of

        return matmul_of(call, left, right)
    if operator in ("is", "is not", "in", "not in"):
        return call.unknown("it is not followed", "bool")
    if other is None and operator in ("==", "!="):
        return unknown_array(call, own, dtype="bool")
    return combine(call, left, right, operator)


@method("numpy.ndarray.__unary__")
def unary(call: Call) -> Value:
    """-array, ~array"""
    array, operator = call.receiver, call.args[0]
    if operator == "not":
        return call.unknown("the truth of an array is not known", "bool")
    if not isinstance(array, Array):
        return call.unknown("the array is not known")
    value = array.constant
    constant = -value if operator == "-" and isinstance(value, (int, float)) and not isinstance(value, bool) else None
    low, high = (
        (None, None) if operator != "-" or array.low is None or array.high is None else (-array.high, -array.low)
    )
    return make(
        call, array.shape, array.dtype, array, bits=array.bits, constant=constant, low=low, high=high, type_name=array.type_name,
        columns=array.columns,
    )  # fmt: skip


@method("numpy.ndarray.__bool__", "numpy.ndarray.__contains__")
def truth(call: Call) -> Value:
    """bool(array), x in array"""
    array = call.receiver
    if call.name.endswith("__bool__") and isinstance(array, Array) and isinstance(array.constant, (bool, int, float)):
        return bool(array.constant)
    return call.unknown("the values of the array are not known", "bool")


_FLOAT = (
    "exp", "expm1", "log", "log10", "log2", "log1p", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan",
    "cbrt", "deg2rad", "rad2deg", "degrees", "radians", "exp2",
)  # fmt: skip
_SAME = (
    "abs", "absolute", "floor", "ceil", "round", "around", "rint", "trunc", "square", "negative", "nan_to_num", "clip", "fabs", "sign", "conj",
)  # fmt: skip
_BOOL = ("isnan", "isinf", "isfinite", "logical_not", "signbit")


@function(*(f"numpy.{n}" for n in (*_FLOAT, *_SAME, *_BOOL)))
@method("numpy.ndarray.round", "numpy.ndarray.clip", "numpy.ndarray.conj", "numpy.ndarray.copy")
def unary_function(call: Call) -> Value:
    """A function of each element."""
    short = call.name.rpartition(".")[2]
    own = call.name.startswith("numpy.ndarray.")
    if not own and short != "nan_to_num":
        _written(call, {"clip": 3, "round": 2, "around": 2}.get(short, 1))
    source = call.receiver if own else call.args[0] if call.args else call.kwargs.get("x", call.kwargs.get("a"))
    if isinstance(source, Tensor):
        return call.unknown("NumPy functions of symbolic tensors are not followed")
    array = as_array(call, source)
    if array is None:
        return unknown_array(call, source)
    kind, bits = array.dtype, array.bits
    if kind == "bool" and short in _SAME and short not in ("abs", "absolute"):
        kind = bits = None  # each of them makes something else of True
    elif kind == "complex" and short in ("abs", "absolute"):
        kind, bits = "float", None
    elif short in _BOOL:
        kind, bits = "bool", None
    elif short in _FLOAT or short == "fabs":
        bits = array.bits if array.dtype == "float" else None
        kind = array.dtype if array.dtype in ("complex", None, "object") else "float"
    elif short == "nan_to_num" or short in ("floor", "ceil", "clip", "rint", "trunc"):
        kind = array.dtype if short != "clip" else array.dtype if array.dtype == "float" else None
    low = high = constant = None
    if short in ("sin", "cos", "tanh", "sign"):
        low, high = -1.0, 1.0
    if (
        short in ("floor", "ceil")
        and array.shape.rank == 0
        and isinstance(array.constant, (int, float))
        and math.isfinite(array.constant)
    ):
        constant = float(math.floor(array.constant) if short == "floor" else math.ceil(array.constant))
        kind = "float" if array.dtype == "float" else None
    if short == "copy":
        low, high, constant = array.low, array.high, array.constant
    one_hot = array.one_hot if short == "copy" else None
    return make(
        call, array.shape, kind, array, bits=bits, low=low, high=high, constant=constant, one_hot=one_hot, type_name=array.type_name,
        columns=array.columns,
    )  # fmt: skip


def _written(call: Call, position: int) -> None:
    """The array that a function's values go to, which may stand behind the others: np.add(a, b, a)."""
    into = call.args[position] if len(call.args) > position else call.kwargs.get("out")
    if isinstance(into, Array):
        into.write()


_BINARY = {
    "add": "+", "subtract": "-", "multiply": "*", "divide": "/", "true_divide": "/", "floor_divide": "//", "mod": "%", "remainder": "%",
    "power": "**", "maximum": "max", "minimum": "min", "greater": ">", "greater_equal": ">=", "less": "<", "less_equal": "<=",
    "equal": "==", "not_equal": "!=", "fmax": "max", "fmin": "min", **{name: name for name in (*_OF_FLOATS, *_TRUTHS)},
}  # fmt: skip


@function(*(f"numpy.{n}" for n in _BINARY))
def binary_function(call: Call) -> Value:
    """A function of two arrays, broadcast."""
    _written(call, 2)
    if len(call.args) < 2 or call.kwargs.get("out") is not None or any(isinstance(a, Tensor) for a in call.args):
        return unknown_array(call, *call.args)
    return combine(call, call.args[0], call.args[1], _BINARY[call.name.removeprefix("numpy.")])


@method("numpy.ndarray.astype")
@method("numpy.ndarray.view")
def astype(call: Call) -> Value:
    """X.astype(dtype)"""
    array = call.receiver
    kind, bits = dtype_of(call.args[0] if call.args else call.kwargs.get("dtype"))
    if not isinstance(array, Array) or call.name.endswith("view"):
        return unknown_array(call, array, dtype=kind)
    low, high = converted_range(array, kind, bits)
    constant = array.constant if kind == array.dtype else None
    if (
        isinstance(array.constant, (int, float))
        and kind == "int"
        and math.isfinite(array.constant)
        and abs(array.constant) < 128
    ):
        constant = int(array.constant)
    return make(
        call, array.shape, kind, array, bits=bits, low=low, high=high, one_hot=array.one_hot, constant=constant,
        type_name=array.type_name, columns=array.columns, facts=kept_facts(array, array.shape),
    )  # fmt: skip


@method("numpy.ndarray.item")
def item(call: Call) -> Value:
    """X.item(): a Python number."""
    array = call.receiver
    if isinstance(array, Array) and array.shape.rank == 0 and isinstance(array.constant, (bool, int, float)):
        return array.constant
    kind = array.dtype if isinstance(array, Array) else None
    return call.unknown("the values of the array are not known", kind if kind in ("int", "float", "bool") else None)


@method("numpy.ndarray.tolist")
def tolist(call: Call) -> Value:
    """X.tolist(): lists in lists, as many as X has axes."""
    array = call.receiver
    if not isinstance(array, Array) or array.shape.dims is None:
        return call.unknown("the values of the array are not known")
    if not array.shape.dims:
        return item(call)
    kind = {"string": "str"}.get(array.dtype or "", array.dtype)
    sample: Value = call.unknown(
        "the values of the array are not known", kind if kind in ("int", "float", "bool", "str") else None
    )
    for size in reversed(array.shape.dims):
        sample = ListValue([], True, sample, size if size.exact is not None else None, call.place)
    return sample


@method(*(f"numpy.ndarray.{name}" for name in ("byteswap", "fill", "itemset", "partition", "put", "setflags", "sort")))
def in_place(call: Call) -> Value:
    """Methods that change the values in place."""
    if isinstance(call.receiver, Array):
        call.receiver.write()
    return None


@function("numpy.array_equal", "numpy.allclose", "numpy.array_equiv")
def compared(call: Call) -> Value:
    """Whether two arrays are the same."""
    return call.unknown("the values of the arrays are not known", "bool")


@function("numpy.where")
def where(call: Call) -> Value:
    """np.where(condition[, x, y])"""
    arrays = [as_array(call, a) for a in call.args]
    if len(arrays) == 1 and arrays[0] is not None and arrays[0].shape.rank is not None:
        from ...dims import ANY

        count = arrays[0].facts.get("~count") or ANY
        return tuple(
            make(call, Shape((count,)), "int", arrays[0], bits=64) for _ in range(max(arrays[0].shape.rank, 1))
        )
    if len(arrays) != 3 or any(a is None for a in arrays):
        return unknown_array(call, *call.args)
    first = combine(call, call.args[0], call.args[1], "+")
    joined = combine(call, first, call.args[2], "+")
    kind = promote(*(a.dtype for a in arrays[1:] if a is not None))
    return make(call, joined.shape if isinstance(joined, Array) else UNKNOWN_SHAPE, kind, *call.args)


@function("numpy.vectorize")
def vectorize(call: Call) -> Value:
    """np.vectorize(f)"""
    return call.unknown("a vectorized function is not followed")
