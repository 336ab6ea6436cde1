"""The methods of str and bytes, and text formatting, of constants; the kind of the result where the text isn't known."""

from __future__ import annotations

import re
import string
from typing import Any, NamedTuple

from ...dims import Dim
from ...faults import Refusal
from ...knowledge import Call, base, function, method
from ...patterns import pattern
from ...values import NUMBER, Array, ListValue, Unknown, Value, ends_of, fresh_int, text_of_number
from ..bridge import compute, has_width, items_of, known, label, reason_of, to_python, type_of
from .one_number import format_fault, refuse_several
from .sequences import COMPARE

base("builtins.str", "builtins.object")

LONGEST = 1_000_000
"""Characters of a text that is still made."""

_TEXT = (
    "capitalize", "casefold", "center", "expandtabs", "format_map", "ljust", "lower", "lstrip", "removeprefix", "removesuffix",
    "replace", "rjust", "rstrip", "strip", "swapcase", "title", "translate", "upper", "zfill",
)  # fmt: skip
_TESTS = (
    "endswith", "isalnum", "isalpha", "isascii", "isdecimal", "isdigit", "isidentifier", "islower", "isnumeric", "isprintable",
    "isspace", "istitle", "isupper", "startswith",
)  # fmt: skip
_NUMBERS = ("count", "find", "index", "rfind", "rindex")
_BYTES = tuple(name for name in _TEXT if hasattr(bytes, name))


def _too_long(short: str, text: Any, args: list[Any]) -> bool:
    """Could `text.short(*args)` be longer than what is still made? Judged before it is made, from above."""
    longest = len(text)
    first, second = (*args, None, None)[:2]
    if short in ("ljust", "rjust", "center", "zfill") and isinstance(first, int):
        longest = max(longest, first)
    elif short == "expandtabs":
        longest *= max(1, first if isinstance(first, int) else 8)
    elif short == "replace" and isinstance(first, (str, bytes)) and isinstance(second, (str, bytes)):
        longest += len(second) * (len(text) + 1 if not first else len(text) // len(first))
    elif short == "translate" and isinstance(first, dict):
        longest *= max([1, *(len(v) for v in first.values() if isinstance(v, str))])
    elif short in ("format", "format_map"):
        if has_width(str(text)) or any(has_width(str(a)) for a in args if isinstance(a, (int, str))):
            return True
        longest += str(text).count("{") * max([0, *(len(a) for a in args if isinstance(a, str))])
    return longest > LONGEST


def _apply(call: Call, kind: str) -> Value:
    short = call.name.rpartition(".")[2]
    values = [*call.args, *call.kwargs.values()]
    if isinstance(call.receiver, (str, bytes)):
        plain = [to_python(v) for v in values if known(v)]
        if _too_long(short, call.receiver, plain):
            return call.unknown("the text is too long to follow", kind)
    return compute(
        call, lambda t, *a, **k: getattr(t, short)(*a, **k), call.receiver, *call.args, kind=kind, **call.kwargs
    )


@method(*(f"builtins.str.{n}" for n in _TEXT), "builtins.bytes.decode")
def text_method(call: Call) -> Value:
    """Text to text."""
    return _apply(call, "str")


@method(*(f"builtins.bytes.{n}" for n in _BYTES), "builtins.str.encode")
def bytes_method(call: Call) -> Value:
    """Bytes to bytes, and encode."""
    return _apply(call, "bytes")


@method(*(f"builtins.{t}.{n}" for t in ("str", "bytes") for n in _TESTS if hasattr(bytes, n) or t == "str"))
def test_method(call: Call) -> Value:
    """Questions about text."""
    return _apply(call, "bool")


@method(*(f"builtins.{t}.{n}" for t in ("str", "bytes") for n in _NUMBERS))
def number_method(call: Call) -> Value:
    """Counting and searching."""
    if known(call.receiver) and all(known(a) for a in call.args):
        return _apply(call, "int")
    return fresh_int(label(call), call.place, least=0 if call.name.endswith("count") else -1)


@method(*(f"builtins.{t}.{n}" for t in ("str", "bytes") for n in ("split", "rsplit", "splitlines")))
def split_method(call: Call) -> Value:
    """Text to a list of text."""
    made = _apply(call, "list")
    if isinstance(made, Unknown):
        kind = "bytes" if ".bytes." in call.name else "str"
        return ListValue([], True, call.unknown(made.reason, kind), None, call.place)
    return made


@method(*(f"builtins.{t}.{n}" for t in ("str", "bytes") for n in ("partition", "rpartition")))
def partition_method(call: Call) -> Value:
    """Text to three pieces."""
    made = _apply(call, "tuple")
    if isinstance(made, Unknown):
        return tuple(call.unknown(made.reason, "bytes" if ".bytes." in call.name else "str") for _ in range(3))
    return made


@method("builtins.str.join", "builtins.bytes.join")
def join_method(call: Call) -> Value:
    """separator.join(items)"""
    kind = "bytes" if ".bytes." in call.name else "str"
    items = items_of(call, call.args[0]) if call.args else None
    if items is None:
        return call.unknown(reason_of(*call.args), kind)
    own = call.receiver if isinstance(call.receiver, (str, bytes)) else ""
    if sum(len(i) for i in items if isinstance(i, (str, bytes))) + len(own) * len(items) > LONGEST:
        return call.unknown("the text is too long to follow", kind)
    return compute(call, lambda t, row: t.join(row), call.receiver, ListValue(items), kind=kind)


@method("builtins.str.format")
def format_method(call: Call) -> Value:
    """ "...".format(...)"""
    pieces = _pieces(call.receiver, call) if isinstance(call.receiver, str) else None
    for piece in () if call.open else pieces or ():
        if piece.plain and piece.spec and "{" not in piece.spec:
            _refuse_format(call, piece.given, piece.spec)
    made = call.unknown("what is formatted is not known", "str") if call.open else _apply(call, "str")
    if isinstance(made, Unknown) and isinstance(call.receiver, str):
        made.ends = ends_of([None] if pieces is None else _around_fields(pieces))
    return made


class _Piece(NamedTuple):
    """The text in front of a field of a template for `format`, and what is put into that; of the text at the end only that it is no `field`.

    given   the argument, None where the field isn't plainly one of them
    spec    how it shall be written (".2f")
    plain   without a conversion (`!r`)
    """

    text: str
    field: bool = False
    given: Value = None
    spec: str = ""
    plain: bool = True


def _pieces(template: str, call: Call) -> list[_Piece] | None:
    """The pieces of a template; None where Python can't read it."""
    found: list[_Piece] = []
    number = 0
    try:
        for text, field, spec, conversion in string.Formatter().parse(template):
            if field is None:
                found.append(_Piece(text))
                continue
            at = int(field or number) if not field or field.isdigit() else None
            given = call.kwargs.get(field) if at is None else next(iter(call.args[at:]), None)
            found.append(_Piece(text, True, given, spec or "", conversion is None))
            number += 1
    except ValueError:
        return None
    return found


def _refuse_format(call: Call, value: Value, spec: Value) -> None:
    fault = format_fault(value, spec, call.place)
    if fault is not None:
        raise Refusal(fault, "TypeError")


def _around_fields(pieces: list[_Piece]) -> list[Value]:
    """The text of a template for `format`, with the numbers that are put into its fields between; None for anything else."""
    found: list[Value] = []
    for piece in pieces:
        found.append(piece.text)
        if piece.field:
            found.append(piece.given if piece.plain and text_of_number(piece.given) else None)
    return found


_CONVERSION = pattern(r"%(?:\((\w*)\))?[#0\- +]*\d*(?:\.\d*)?[hlL]?(.)", re.DOTALL)


def _around_conversions(template: str) -> list[str | None]:
    """The text of a template for `%`, with a number's stand-in for each conversion of one, and None for each other."""
    pieces: list[str | None] = []
    at = 0
    for found in _CONVERSION.finditer(template):
        number = f"{{{found[1]}}}" if found[1] else NUMBER
        stands = "%" if found[2] == "%" else number if found[2] in "diouxXeEfFgG" else None
        pieces += [template[at : found.start()], stands]
        at = found.end()
    return [*pieces, template[at:]]


@method("builtins.str.maketrans")
def maketrans(call: Call) -> Value:
    """str.maketrans(...)"""
    return compute(call, str.maketrans, *call.args, kind="dict")


@method("builtins.str.__getitem__", "builtins.bytes.__getitem__")
def text_getitem(call: Call) -> Value:
    """text[index]"""
    kind = "bytes" if ".bytes." in call.name else "str"
    return compute(call, lambda t, i: t[i], call.receiver, call.args[0], kind=kind)


@method("builtins.str.__len__", "builtins.bytes.__len__")
def text_len(call: Call) -> Value:
    """len(text)"""
    if isinstance(call.receiver, (str, bytes)):
        return len(call.receiver)
    return fresh_int(label(call), call.place)


@method("builtins.str.__contains__", "builtins.bytes.__contains__")
def text_contains(call: Call) -> Value:
    """piece in text"""
    return compute(call, lambda t, v: v in t, call.receiver, call.args[0], kind="bool")


@method("builtins.str.__format__", "builtins.int.__format__", "builtins.float.__format__", "builtins.object.__format__")
def format_value(call: Call) -> Value:
    """f"{value:spec}" """
    return _formatted(call, call.receiver, call.args[0] if call.args else "")


@function("builtins.format")
def format_(call: Call) -> Value:
    """format(value, spec)"""
    return _formatted(call, *call.args)


def _formatted(call: Call, *values: Value) -> Value:
    if len(values) > 1:
        _refuse_format(call, values[0], values[1])
    if any(isinstance(spec, str) and has_width(spec) for spec in values[1:]):
        return call.unknown("the text is too long to follow", "str")
    return compute(call, format, *values, kind="str")


@method("builtins.str.__operator__", "builtins.bytes.__operator__")
def text_operator(call: Call) -> Value:
    """+, *, % and comparisons of text."""
    operator, other = call.args[0], call.args[1]
    reflected = bool(call.args[2]) if len(call.args) > 2 else False
    own = call.receiver
    kind = "bytes" if ".bytes." in call.name else "str"
    left, right = (other, own) if reflected else (own, other)
    if isinstance(other, Array):
        if operator == "%" and not reflected:
            _refuse_lists(call, own, other)
        return call.unknown("text with an array is not followed")
    if operator in COMPARE:
        return compute(call, COMPARE[operator], left, right, kind="bool")
    if operator == "+":
        return _add(call, left, right, kind)
    if operator == "*":
        if isinstance(other, int) and isinstance(own, (str, bytes)) and len(own) * other <= LONGEST:
            return compute(call, lambda a, b: a * b, left, right, kind=kind)
        return call.unknown(reason_of(other), kind if isinstance(other, Dim) else None)
    if operator == "%" and not reflected:
        if isinstance(own, (str, bytes)) and (has_width(str(own)) or "*" in str(own)):
            return call.unknown("the text is too long to follow", kind)
        _refuse_lists(call, own, other)
        made = compute(call, lambda a, b: a % b, left, right, kind=kind)
        if isinstance(made, Unknown) and isinstance(own, str):
            made.ends = ends_of(_around_conversions(own))
        return made
    return NotImplemented


def _refuse_lists(call: Call, template: Value, given: Value) -> None:
    """`"%.2f" % scores` where one of the values that shall be a number is a list or an array."""
    kinds = (
        [found[2] for found in _CONVERSION.finditer(template) if found[2] != "%"] if isinstance(template, str) else []
    )
    values = given if isinstance(given, tuple) else (given,)
    if len(kinds) != len(values):
        return
    for kind, value in zip(kinds, values):
        if kind in "diouxXeEfFgG" and isinstance(value, ListValue):
            message = f"TypeError: %{kind} format: a real number is required, not list"
            call.refuse("python-exception", message=message, exception="TypeError", value=value, shown=True)
        if kind in "diouxXeEfFgG":
            refuse_several(call, value)


def _add(call: Call, left: Value, right: Value, kind: str) -> Value:
    kinds = [(type_of(v) or "").removeprefix("builtins.") for v in (left, right)]
    plain = {"str", "bytes", "int", "float", "list", "tuple", "NoneType", "dict", "bool"}
    if kinds[0] == kinds[1] == kind:
        if known(left) and known(right) and len(left) + len(right) > LONGEST:
            return call.unknown("the text is too long to follow", kind)
        made = compute(call, lambda a, b: a + b, left, right, kind=kind)
        if isinstance(made, Unknown):
            made.ends = ends_of([left, right])
        return made
    if kinds[0] in plain and kinds[1] in plain:
        message = (
            f'TypeError: can only concatenate str (not "{kinds[1]}") to str'
            if kinds[0] == "str"
            else f"TypeError: unsupported operand type(s) for +: '{kinds[0]}' and '{kinds[1]}'"
        )
        call.refuse("python-exception", message=message, exception="TypeError")
    made = call.unknown(reason_of(left, right))
    made.ends = ends_of([left, right])
    return made
