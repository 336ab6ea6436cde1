"""Operators on what is known: Python's own arithmetic and comparison on constants and symbolic integers."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from ..dims import Dim, Expr, add, equal, floordiv, is_endless, less, mod, mul, neg, sub
from ..knowledge import find_function, is_class
from ..libs.bridge import has_width
from ..values import (
    Array,
    BoundMethod,
    BuiltFunction,
    ClassValue,
    External,
    ExternalMethod,
    FunctionValue,
    ListValue,
    SetValue,
    Unknown,
    Value,
    is_known,
)

BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "//": operator.floordiv, "%": operator.mod,
    "**": operator.pow, "<<": operator.lshift, ">>": operator.rshift, "&": operator.and_, "|": operator.or_, "^": operator.xor,
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip

SYMBOLS = {
    "Add": "+", "Sub": "-", "Mult": "*", "Div": "/", "FloorDiv": "//", "Mod": "%", "Pow": "**", "LShift": "<<", "RShift": ">>",
    "BitAnd": "&", "BitOr": "|", "BitXor": "^", "MatMult": "@", "Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=",
    "USub": "-", "UAdd": "+", "Not": "not", "Invert": "~",
}  # fmt: skip
"""The class name of an `ast` operator -> how Python writes it."""

COMPARISONS = frozenset(["==", "!=", "<", "<=", ">", ">="])

NOT_KNOWN = object()
"""The answer of `constant_binary` where it has none."""

_LARGEST_BITS = 4096
_LONGEST = 1_000_000


class PythonError(Exception):
    """What Python itself would raise: the exception's name and message."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name
        self.message = message


def constant_binary(symbol: str, left: Value, right: Value) -> Value:
    """`left symbol right` where both are Python constants or symbolic integers, NOT_KNOWN where we have no answer.

    Raises PythonError where Python does (a division by zero, a type that doesn't fit).
    """
    if isinstance(left, Dim) or isinstance(right, Dim):
        return _symbolic(symbol, left, right)
    if not _plain(left) or not _plain(right):
        if symbol in ("==", "!=") and isinstance(left, tuple) and isinstance(right, tuple):
            return _compare_tuples(symbol, left, right)
        if symbol == "+" and isinstance(left, tuple) and isinstance(right, tuple):
            return left + right if len(left) + len(right) <= _LONGEST else NOT_KNOWN
        if symbol == "*" and isinstance(left, tuple) and _count(right):
            return left * right if len(left) * right <= _LONGEST else NOT_KNOWN
        if symbol == "*" and isinstance(right, tuple) and _count(left):
            return left * right if len(right) * left <= _LONGEST else NOT_KNOWN
        if symbol in ("==", "!=") and (left is None or right is None):
            other = right if left is None else left
            return NOT_KNOWN if isinstance(other, (Unknown, Array)) else symbol == "!="
        if symbol in ("==", "!=") and _is_class(left) and _is_class(right):
            same = (
                left.name == right.name if isinstance(left, External) and isinstance(right, External) else left is right
            )
            return same == (symbol == "==")
        if symbol in ("==", "!=") and (
            (_is_function(left) and _plain(right)) or (_plain(left) and _is_function(right))
        ):
            return symbol == "!="  # somebody has forgotten to call it
        return NOT_KNOWN
    function = BINARY.get(symbol)
    if function is None or _too_large(symbol, left, right):
        return NOT_KNOWN
    if symbol == "%" and isinstance(left, (str, bytes)) and not is_known(right):
        return NOT_KNOWN
    try:
        result = function(left, right)
    except (TypeError, ZeroDivisionError, OverflowError, ValueError) as error:
        raise PythonError(type(error).__name__, str(error)) from None
    return result


def _is_class(value: Value) -> bool:
    return isinstance(value, ClassValue) or (isinstance(value, External) and is_class(value.name))


def _is_function(value: Value) -> bool:
    if isinstance(value, External):
        return find_function(value.name) is not None and not is_class(value.name)
    return isinstance(value, (FunctionValue, BoundMethod, ExternalMethod, BuiltFunction))


def _plain(value: Value) -> bool:
    return is_known(value)


def _count(value: Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _too_large(symbol: str, left: Any, right: Any) -> bool:
    if symbol == "**":
        if isinstance(left, int) and isinstance(right, int):
            return abs(right) * max(left.bit_length(), 1) > _LARGEST_BITS and left not in (0, 1, -1)
        return False
    if symbol == "<<":
        return isinstance(right, int) and right > _LARGEST_BITS
    if symbol == "+":
        return isinstance(left, (str, bytes, tuple)) and type(left) is type(right) and len(left) + len(right) > _LONGEST
    if symbol == "*":
        if isinstance(left, (str, bytes, tuple)) and isinstance(right, int):
            return len(left) * right > _LONGEST
        if isinstance(right, (str, bytes, tuple)) and isinstance(left, int):
            return len(right) * left > _LONGEST
        if isinstance(left, int) and isinstance(right, int):
            return left.bit_length() + right.bit_length() > _LARGEST_BITS
    if symbol == "%" and isinstance(left, (str, bytes)):
        return len(left) > 500 or has_width(str(left)) or "*" in str(left)
    return False


_ARITHMETIC = {"+": add, "-": sub, "*": mul, "//": floordiv, "%": mod}


def _symbolic(symbol: str, left: Value, right: Value) -> Value:
    a, b = _exact(left), _exact(right)
    if a is None or b is None:
        if symbol == "*" and (isinstance(left, (str, tuple)) or isinstance(right, (str, tuple))):
            return NOT_KNOWN
        if (
            symbol in ("==", "!=")
            and (is_known(left) or is_known(right))
            and not isinstance(left if b is not None else right, float)
        ):
            other = left if isinstance(right, Dim) else right
            if other is None or isinstance(other, (str, tuple)):
                return symbol == "!="
        return NOT_KNOWN
    if symbol in _ARITHMETIC:
        try:
            result = _ARITHMETIC[symbol](a, b)
        except ZeroDivisionError as error:
            raise PythonError("ZeroDivisionError", str(error)) from None
        if isinstance(result, int):
            return result
        if is_endless(result):
            return NOT_KNOWN
        same = (
            left if isinstance(left, Dim) and result == a else right if isinstance(right, Dim) and result == b else None
        )
        return same if same is not None else Dim(result)
    verdict: bool | None
    if symbol in ("==", "!="):
        verdict = equal(a, b)
        return NOT_KNOWN if verdict is None else verdict == (symbol == "==")
    if symbol in ("<", ">="):
        verdict = less(a, b)
        return NOT_KNOWN if verdict is None else verdict == (symbol == "<")
    if symbol in (">", "<="):
        verdict = less(b, a)
        return NOT_KNOWN if verdict is None else verdict == (symbol == ">")
    return NOT_KNOWN


def _exact(value: Value) -> int | Expr | None:
    if isinstance(value, Dim):
        return value.exact
    if isinstance(value, int):
        return int(value)
    return None


def _compare_tuples(symbol: str, left: tuple[Value, ...], right: tuple[Value, ...]) -> Value:
    if len(left) != len(right):
        return symbol == "!="
    verdict: bool | None = True
    for a, b in zip(left, right):
        one = constant_binary("==", a, b)
        if one is False:
            return symbol == "!="
        if one is not True:
            verdict = None
    return NOT_KNOWN if verdict is None else symbol == "=="


def constant_unary(symbol: str, value: Value) -> Value:
    """`symbol value` for constants and symbolic integers, NOT_KNOWN elsewhere. Raises PythonError where Python does."""
    if isinstance(value, Dim) and value.exact is not None and symbol in "+-":
        return value if symbol == "+" else Dim.of(neg(value.exact))
    if not isinstance(value, (int, float, complex)):
        if is_known(value):
            raise PythonError("TypeError", f"bad operand type for unary {symbol}")
        return NOT_KNOWN
    functions: dict[str, Callable[[Any], Any]] = {"-": operator.neg, "+": operator.pos, "~": operator.invert}
    try:
        return functions[symbol](value)
    except TypeError as error:
        raise PythonError("TypeError", str(error)) from None


def contains(item: Value, container: Value) -> bool | None:
    """`item in container`, None when it can't be known."""
    if isinstance(container, (str, bytes)):
        try:
            return item in container if is_known(item) else None
        except (TypeError, ValueError):  # a number beyond 255 in bytes
            return None
    items: list[Value] | tuple[Value, ...]
    if isinstance(container, tuple):
        items, certain = container, True
    elif isinstance(container, (ListValue, SetValue)):
        items, certain = container.items, not container.open
    else:
        return None
    for candidate in items:
        if candidate is item:
            return True
        same = constant_binary("==", item, candidate)
        if same is True:
            return True
        if same is not False:
            certain = False
    return False if certain else None
