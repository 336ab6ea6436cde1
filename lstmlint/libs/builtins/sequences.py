"""The methods and operators of lists and tuples, also where not every item is known."""

from __future__ import annotations

import operator as op
from typing import Any

from ...dims import Dim, Expr, less
from ...knowledge import Call, find_method, method, silent
from ...values import (
    Array,
    DictValue,
    ListValue,
    Object,
    SetValue,
    ShapeTuple,
    SliceValue,
    Tensor,
    Unknown,
    Value,
    fresh_int,
    int_value,
    is_known,
)
from ..bridge import (
    LARGEST,
    NotKnownError,
    another,
    attempt,
    common,
    compute,
    items_of,
    key_of,
    known,
    label,
    length_of,
    reason_of,
    sample_of,
    stands_for,
    to_python,
    type_of,
)
from ..slices import slice_bounds
from .iteration import sorted_


def _list(call: Call) -> ListValue:
    return call.receiver if isinstance(call.receiver, ListValue) else ListValue([], True)


def _sequence_item(call: Call, items: list[Value], index: Value, wrap: Any) -> Value:
    if isinstance(index, SliceValue):
        if known(index):
            return attempt(call, lambda: wrap(items[to_python(index)]))
        return None
    if isinstance(index, int):
        if -len(items) <= index < len(items):
            return items[index]
        call.refuse(
            "python-exception",
            message=f"IndexError: {'list' if wrap is not tuple else 'tuple'} index out of range",
            exception="IndexError",
            value=call.receiver,
            index=index,
        )
    return None


@method("builtins.list.__getitem__")
def list_getitem(call: Call) -> Value:
    """items[index], items[a:b]: a sample where it isn't known which item."""
    items, index = _list(call), call.args[0]
    if isinstance(index, (str, float, tuple)) or index is None:
        kind = (type_of(index) or "").removeprefix("builtins.")
        message = f"TypeError: list indices must be integers or slices, not {kind}"
        call.refuse("python-exception", message=message, exception="TypeError", sequences=(items,), what="[]")
    if not items.open:
        found = _sequence_item(call, items.items, index, lambda rest: ListValue(rest, place=call.place))
        if found is not None or (isinstance(index, int) and not isinstance(index, bool)):
            return found
        if isinstance(index, SliceValue):
            size = slice_bounds(index, Dim(len(items.items)))
            return ListValue([], True, sample_of(call, items) if items.items else None, size, call.place)
        return common(call, items.items) if items.items else call.unknown("which item it is can't be known")
    if isinstance(index, SliceValue):
        size = slice_bounds(index, items.length) if items.length is not None else None
        return ListValue([], True, sample_of(call, items), size, call.place)
    return another(sample_of(call, items))


@method("builtins.tuple.__getitem__")
def tuple_getitem(call: Call) -> Value:
    """values[index], values[a:b]"""
    values, index = call.receiver, call.args[0]
    if not isinstance(values, tuple):
        return call.unknown(reason_of(values))
    if isinstance(index, int) or (isinstance(index, SliceValue) and known(index)):
        part = _sequence_item(call, list(values), index, tuple)
        return values.part(part) if isinstance(values, ShapeTuple) and isinstance(index, SliceValue) else part
    if isinstance(index, SliceValue):
        return call.unknown("the ends of the slice are not known", "tuple")
    if isinstance(index, (str, float, tuple)) or index is None:
        message = "TypeError: tuple indices must be integers or slices"
        call.refuse("python-exception", message=message, exception="TypeError", sequences=(values,), what="[]")
    return common(call, list(values)) if values else call.unknown("which item it is can't be known")


@method("builtins.list.__setitem__")
def list_setitem(call: Call) -> Value:
    """items[index] = value"""
    items, index, value = _list(call), call.args[0], call.args[1]
    if isinstance(index, int) and not items.open:
        if not -len(items.items) <= index < len(items.items):
            message = "IndexError: list assignment index out of range"
            call.refuse("python-exception", message=message, exception="IndexError")
        items.items[index] = value
        return None
    if isinstance(index, SliceValue):
        new = items_of(call, value)
        if new is not None and known(index) and not items.open:
            attempt(call, lambda: items.items.__setitem__(to_python(index), new))
            return None
        items.loosen()
        return None
    if not items.open and items.items:
        unsure = common(call, [*items.items, value])
        items.items[:] = [v if v is value else unsure for v in items.items]
    elif items.open and items.sample is None and is_known(value):
        items.sample = call.unknown("the other items of the list are not known")
    elif items.open:
        items.sample = value if items.sample is None else common(call, [items.sample, value])
    return None


@method("builtins.list.__delitem__")
def list_delitem(call: Call) -> Value:
    """del items[index]"""
    items, index = _list(call), call.args[0]
    if not items.open and known(index):
        attempt(call, lambda: items.items.__delitem__(to_python(index)))
    else:
        if items.sample is None and items.items:
            items.sample = sample_of(call, items)
        items.items = []
        items.loosen()
    return None


silent(*(f"builtins.list.{name}" for name in ("append", "extend", "insert", "remove", "clear", "reverse", "sort")))


@method("builtins.list.append")
def list_append(call: Call) -> Value:
    """items.append(value)"""
    items, value = _list(call), call.bind("object, /")["object"]
    _put_behind(call, items, [value])
    return None


def _put_behind(call: Call, items: ListValue, new: list[Value]) -> None:
    items.items.extend(new)
    if items.open and items.sample is not None:
        items.sample = stands_for(call, items.sample, new)
    items.length = items.length + len(new) if items.length is not None else None


@method("builtins.list.insert")
def list_insert(call: Call) -> Value:
    """items.insert(index, value)"""
    items = _list(call)
    arguments = call.bind("index, object, /")
    if isinstance(arguments["index"], int) and not items.open:
        items.items.insert(arguments["index"], arguments["object"])
        return None
    items.items.append(arguments["object"])
    if items.sample is not None:
        items.sample = stands_for(call, items.sample, [arguments["object"]])
    items.loosen()
    return None


@method("builtins.list.extend")
def list_extend(call: Call) -> Value:
    """items.extend(iterable)"""
    items, more = _list(call), call.bind("iterable, /")["iterable"]
    new = items_of(call, more)
    if new is None:
        if not items.open or items.sample is None:
            items.sample = stands_for(call, sample_of(call, more), items.items)
        else:
            items.sample = stands_for(call, items.sample, [sample_of(call, more)])
        items.loosen()
    else:
        _put_behind(call, items, new)
    return None


@method("builtins.list.pop", "builtins.list.remove", "builtins.list.clear")
def list_take(call: Call) -> Value:
    """items.pop([index]), items.remove(value), items.clear()"""
    items, name = _list(call), call.name.rpartition(".")[2]
    if name == "clear":
        items.items, items.open, items.length, items.sample = [], False, None, None
        return None
    if name == "pop" and not items.open and all(isinstance(a, int) for a in call.args):
        return attempt(call, lambda: items.items.pop(*call.args[:1]))
    if name == "remove" and not items.open and known(call.args[0]) and known(items):
        at = attempt(call, lambda: to_python(items).index(to_python(call.args[0])))
        del items.items[at]
        return None
    one = sample_of(call, items)
    items.sample, items.items = one, []
    items.loosen()
    return one if name == "pop" else None


@method("builtins.list.reverse")
def list_reverse(call: Call) -> Value:
    """items.reverse()"""
    _list(call).items.reverse()
    return None


@method("builtins.list.sort")
def list_sort(call: Call) -> Value:
    """items.sort(key=None, reverse=False)"""

    items = _list(call)
    if items.open:
        return None
    done = sorted_(Call("builtins.sorted", [items], dict(call.kwargs), call.place, call.engine))
    if isinstance(done, ListValue):
        items.items = done.items
    return None


@method("builtins.list.copy", "builtins.list.__copy__")
def list_copy(call: Call) -> Value:
    """items.copy()"""
    items = _list(call)
    return ListValue(list(items.items), items.open, items.sample, items.length, call.place)


@method("builtins.list.index", "builtins.list.count", "builtins.tuple.index", "builtins.tuple.count")
def sequence_search(call: Call) -> Value:
    """items.index(value), items.count(value)"""
    short = call.name.rpartition(".")[2]
    if known(call.receiver) and all(known(a) for a in call.args):
        items = _list(call)
        if short == "index" and len(call.args) == 1 and items.lists is not None and call.args[0] not in items.items:
            message = f"ValueError: {call.args[0]!r} is not in list"
            call.refuse("python-exception", message=message, exception="ValueError", value=items, item=call.args[0])
        return compute(call, lambda row, *rest: getattr(row, short)(*rest), call.receiver, *call.args, kind="int")
    return fresh_int(label(call), call.place)


OF_ARRAYS = (
    "T", "argmax", "argmin", "astype", "cumsum", "dtype", "flatten", "max", "mean", "min", "ndim", "ravel", "repeat", "reshape", "round", "shape",
    "size", "squeeze", "std", "sum", "swapaxes", "tolist", "transpose",
)  # fmt: skip
"""What NumPy's arrays have and lists haven't."""


@method("builtins.list.__getattr__")
def no_array(call: Call) -> Value:
    """`rows.shape`, where rows were collected in a list and never made an array."""
    rows, name = call.receiver, call.args[0]
    of_tensors = isinstance(rows, ListValue) and any(isinstance(row, Tensor) for row in rows.items)
    here = isinstance(rows, ListValue) and rows.place is not None and rows.place.tree is call.place.tree
    if (
        here and name in OF_ARRAYS and not of_tensors
    ):  # of what a module of somebody else's returns only one side may have been seen
        call.refuse(
            "no-attribute", "", name, f"'list' object has no attribute '{name}'", exception="AttributeError", subject="builtins.list", value=rows,
        )  # fmt: skip
    return call.unknown(f"a list has no `{name}`")


@method("builtins.list.__len__", "builtins.tuple.__len__", "builtins.dict.__len__", "builtins.set.__len__")
def container_len(call: Call) -> Value:
    """len(container)"""
    size = length_of(call, call.receiver)
    return int_value(size) if size is not None and size.exact is not None else fresh_int(label(call), call.place)


def contains(call: Call, row: Value, value: Value) -> Value:
    """value in row: True or False when it can be shown."""
    items = row.items if isinstance(row, (ListValue, SetValue)) else row if isinstance(row, tuple) else None
    if isinstance(row, DictValue):
        items = list(row.entries)
    if items is not None and any(item is value for item in items):
        return True
    try:
        wanted = key_of(value)
        plain = [key_of(v) for v in items or ()]
        if wanted in plain:
            return True
        if items is not None and not getattr(row, "open", False):
            return False
    except NotKnownError:
        pass
    return call.unknown(reason_of(value, *(items or ())), "bool")


@method("builtins.list.__contains__", "builtins.tuple.__contains__", "builtins.set.__contains__")
@method("builtins.frozenset.__contains__", "builtins.dict.__contains__")
def container_contains(call: Call) -> Value:
    """value in container"""
    return contains(call, call.receiver, call.args[0])


@method("builtins.list.__bool__", "builtins.tuple.__bool__", "builtins.set.__bool__", "builtins.dict.__bool__")
@method("builtins.frozenset.__bool__", "builtins.range.__bool__")
def container_bool(call: Call) -> Value:
    """bool(container): True when it surely has items."""
    value = call.receiver
    size = length_of(call, value)
    if size is None or size.exact is None:
        return call.unknown("whether it has items is not known", "bool")
    if isinstance(size.exact, int):
        return size.exact > 0
    return True if less(0, size.exact) else call.unknown("whether it has items is not known", "bool")


def both_plain(left: Value, right: Value) -> bool:
    return known(left) and known(right)


COMPARE = {"==": op.eq, "!=": op.ne, "<": op.lt, "<=": op.le, ">": op.gt, ">=": op.ge}
"""Python's comparisons by their signs."""
ARITHMETIC = ("+", "-", "*", "/", "//", "**", "%", "@")


@method("builtins.list.__operator__", "builtins.tuple.__operator__")
def sequence_operator(call: Call) -> Value:
    """+, *, comparisons of lists and tuples. Other operands (arrays, tensors) are asked for the answer first."""
    operator, other = call.args[0], call.args[1]
    reflected = bool(call.args[2]) if len(call.args) > 2 else False
    own = call.receiver
    if isinstance(other, Array) or (isinstance(other, Tensor) and operator in ARITHMETIC):
        return _array_operator(call, other, operator, own, not reflected)
    if operator in ("in", "not in"):
        return call.unknown("membership is not decided here", "bool")
    if operator in COMPARE:
        if operator in ("==", "!=") and own is other:
            return operator == "=="
        if both_plain(own, other):
            left, right = (other, own) if reflected else (own, other)
            return compute(call, COMPARE[operator], left, right, kind="bool")
        if operator in ("==", "!=") and isinstance(own, tuple) and isinstance(other, tuple):
            if len(own) != len(other):
                return operator == "!="
        return call.unknown(reason_of(own, other), "bool")
    if isinstance(own, Object) or isinstance(other, Object):  # of a user's class, whatever that is built on
        return call.unknown("what is in an object of this class is not followed")
    if operator == "+":
        return _join(call, own, other, reflected)
    if operator == "*":
        return _repeat(call, own, other)
    if isinstance(other, Unknown) or not (known(other) or isinstance(other, (ListValue, tuple))):
        return call.unknown(reason_of(other))
    kinds = [(type_of(v) or "?").removeprefix("builtins.") for v in _operands(call)]
    if operator in ARITHMETIC:
        message = f"TypeError: unsupported operand type(s) for {operator}: '{kinds[0]}' and '{kinds[1]}'"
        call.refuse(
            "python-exception", message=message, exception="TypeError", sequences=_operands(call), what=str(operator)
        )
    return call.unknown("the result is not known")


def _operands(call: Call) -> tuple[Value, Value]:
    """Both operands of an operator, as they are written."""
    return (call.args[1], call.receiver) if len(call.args) > 2 and call.args[2] else (call.receiver, call.args[1])


@method("builtins.list.__unary__", "builtins.tuple.__unary__")
def sequence_unary(call: Call) -> Value:
    """`-x`, `+x`, `~x` of a list or tuple, which have none of them."""
    kind = (type_of(call.receiver) or "?").removeprefix("builtins.")
    message = f"TypeError: bad operand type for unary {call.args[0]}: '{kind}'"
    call.refuse(
        "python-exception", message=message, exception="TypeError", sequences=(call.receiver,), what=str(call.args[0])
    )


def _array_operator(call: Call, array: Array | Tensor, operator: str, other: Value, reflected: bool) -> Value:
    found = find_method(type_of(array) or "", "__operator__")
    if found is None:
        return call.unknown("the result is not known")
    return found[1](Call(found[0], [operator, other, reflected], {}, call.place, call.engine, array))


def _join(call: Call, own: Value, other: Value, reflected: bool) -> Value:
    left, right = (other, own) if reflected else (own, other)
    if isinstance(left, tuple) and isinstance(right, tuple):
        return left + right if len(left) + len(right) <= LARGEST else call.unknown("it is too long to follow", "tuple")
    if isinstance(left, ListValue) and isinstance(right, ListValue):
        if not left.open and not right.open and len(left.items) + len(right.items) <= LARGEST:
            return ListValue([*left.items, *right.items], place=call.place)
        a, b = length_of(call, left), length_of(call, right)
        samples = [sample_of(call, v) for v in (left, right) if v.open or v.items]
        size = a + b if a is not None and b is not None else None
        return ListValue([], True, common(call, samples), size, call.place)
    if isinstance(other, Unknown) or not (type_of(other) or "").startswith("builtins."):
        return call.unknown(reason_of(other), "list" if isinstance(other, Unknown) and other.kind == "list" else None)
    kinds = [(type_of(v) or "?").removeprefix("builtins.") for v in (left, right)]
    message = f'TypeError: can only concatenate {kinds[0]} (not "{kinds[1]}") to {kinds[0]}'
    return call.refuse("python-exception", message=message, exception="TypeError", left=left, right=right)


def _repeat(call: Call, own: Value, count: Value) -> Value:
    if isinstance(count, int):
        size = length_of(call, own)
        if isinstance(own, ListValue) and own.open:
            return ListValue([], True, own.sample, size * max(int(count), 0) if size is not None else None, call.place)
        items = own.items if isinstance(own, ListValue) else own
        if len(items) * max(count, 0) <= LARGEST:
            return ListValue(items * int(count), place=call.place) if isinstance(own, ListValue) else items * int(count)
        if isinstance(own, ListValue):
            return ListValue([], True, common(call, items), Dim(len(items) * int(count)), call.place)
        return call.unknown("it is too long to follow", "tuple")
    if isinstance(own, ListValue) and isinstance(count, (Dim, Unknown)):
        size = length_of(call, own)
        sure = isinstance(count, Dim) and isinstance(count.size, Expr) and less(count.size, 0) is False
        total = size * count if size is not None and sure and isinstance(count, Dim) else None
        return ListValue([], True, sample_of(call, own) if own.items or own.open else None, total, call.place)
    if isinstance(own, tuple) and isinstance(count, (Dim, Unknown)):
        return call.unknown(reason_of(count), "tuple")
    kind = (type_of(count) or "?").removeprefix("builtins.")
    if kind in ("str", "float", "list", "tuple", "NoneType", "dict"):
        message = f"TypeError: can't multiply sequence by non-int of type '{kind}'"
        call.refuse("python-exception", message=message, exception="TypeError", sequences=_operands(call), what="*")
    return call.unknown(reason_of(count))
