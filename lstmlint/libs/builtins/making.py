"""The calls that make text and containers: `str`, `bytes`, `list`, `tuple`, `set`, `dict`, `slice` and `range`."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import Any

from ...dims import Dim
from ...knowledge import Call, attribute, function, is_class, is_subclass, method
from ...values import (
    DictValue,
    External,
    ListValue,
    Object,
    PathValue,
    RangeValue,
    SetValue,
    ShapeList,
    ShapeTuple,
    SizesTensor,
    SliceValue,
    Unknown,
    Value,
    ends_of,
    fresh_int,
    int_value,
    is_int,
    text_of_number,
)
from ..bridge import (
    LARGEST,
    NotKnownError,
    compute,
    items_of,
    key_of,
    known,
    label,
    length_of,
    range_length,
    reason_of,
    sample_of,
    type_of,
)
from .numbers import as_int
from .types import ask_tensor


@function("builtins.range")
def range_(call: Call) -> Value:
    """range(stop) and range(start, stop[, step]) with symbolic ends."""
    args = call.args
    if not 1 <= len(args) <= 3 or call.open:
        return call.unknown("the arguments of range() are not known")
    if len(args) == 1:
        args = [0, args[0]]
    ends = [as_int(call, a) for a in args]
    for end, given in zip(ends, args):
        if end is None:
            ask_tensor(call, "__index__", given)
            if isinstance(given, (str, float, ListValue, tuple)) or given is None:
                kind = (type_of(given) or "").removeprefix("builtins.")
                message = f"TypeError: '{kind}' object cannot be interpreted as an integer"
                call.refuse("python-exception", message=message, exception="TypeError")
            return call.unknown(reason_of(given), "range")
    if len(ends) == 3 and ends[2] == 0:
        call.refuse("python-exception", message="ValueError: range() arg 3 must not be zero", exception="ValueError")
    return RangeValue(*ends)  # type: ignore[arg-type]


_CLASSES = {
    "tensorflow.Tensor": "tensorflow.python.framework.ops.EagerTensor",
    "keras.KerasTensor": "keras.src.backend.common.keras_tensor.KerasTensor",
}
"""The names under which classes show themselves, where these aren't those under which they are public."""


@function("builtins.str", "builtins.repr", "builtins.ascii")
def str_(call: Call) -> Value:
    """str(x) and repr(x) of known values."""
    if not call.args:
        return ""
    which: Callable[..., Any] = (
        repr if call.name == "builtins.repr" else ascii if call.name == "builtins.ascii" else str
    )
    value = call.args[0]
    if isinstance(value, PathValue) and call.name == "builtins.str":
        return value.text
    if isinstance(value, (SetValue,)):
        return call.unknown("the order of a set's items is not known", "str")
    if isinstance(value, External) and is_class(value.name):
        name = _CLASSES.get(value.name, value.name if value.name.startswith(("builtins.", "numpy.")) else None)
        if name is None and value.name.startswith("keras.") and call.engine.keras_major >= 3:
            from ...keras.api import source_of

            name = source_of(value.name)
        return f"<class '{name.removeprefix('builtins.')}'>" if name else call.unknown("where it is defined", "str")
    if call.name == "builtins.str" and isinstance(value, Object):
        own = call.engine.find_method(value, "__str__") or call.engine.find_method(value, "__repr__")
        if own is not None:
            return call.engine.call(own, [], place=call.place)
        given = value.attributes.get("args")
        if (
            isinstance(given, tuple)
            and is_subclass(value.type_name, "builtins.BaseException")
            and "KeyError" not in value.type_name
        ):
            return "" if not given else compute(call, str, given[0] if len(given) == 1 else given, kind="str")
    made = compute(call, which, *call.args, kind="str", **call.kwargs)
    if isinstance(made, Unknown) and text_of_number(value):
        made.ends = ends_of([value])
    return made


@function("builtins.bytes", "builtins.bytearray")
def bytes_(call: Call) -> Value:
    """bytes(x)"""
    if call.args and is_int(call.args[0]) and not (isinstance(call.args[0], int) and call.args[0] < LARGEST):
        return call.unknown("too large", "bytes")
    return compute(call, bytes, *call.args, kind="bytes", **call.kwargs)


def collected(call: Call, value: Value) -> tuple[list[Value], bool, Value, Dim | None]:
    """The items of an iterable, whether there may be others, a sample of those and the length."""
    if isinstance(value, SizesTensor):
        ask_tensor(call, "__iter__", value)
    items = items_of(call, value)
    if items is not None:
        return items, False, None, None
    size = length_of(call, value)
    return [], True, sample_of(call, value), size


@function("builtins.list")
def list_(call: Call) -> Value:
    """list(x)"""
    if not call.args:
        return ListValue(open=call.open, place=call.place)
    items, open_, sample, size = collected(call, call.args[0])
    if isinstance(call.args[0], ShapeTuple):
        return ShapeList(items, place=call.place, shape=call.args[0])
    return ListValue(items, open_, sample, size, call.place)


@function("builtins.tuple")
def tuple_(call: Call) -> Value:
    """tuple(x)"""
    if not call.args:
        return () if not call.open else call.unknown("the argument is not known", "tuple")
    if isinstance(call.args[0], (ShapeTuple, ShapeList)):
        shape = call.args[0] if isinstance(call.args[0], ShapeTuple) else call.args[0].shape
        return ShapeTuple.make(items_of(call, call.args[0]) or (), fixed=shape.fixed, graph=False)
    items = items_of(call, call.args[0])
    return tuple(items) if items is not None else call.unknown(reason_of(call.args[0]), "tuple")


@function("builtins.set", "builtins.frozenset")
def set_(call: Call) -> Value:
    """set(x): known only when every item is a known constant."""
    frozen = call.name.endswith("frozenset")
    if not call.args:
        return SetValue(open=call.open, frozen=frozen)
    items, open_, sample, _ = collected(call, call.args[0])
    try:
        unique: dict[Any, Value] = {key_of(item): item for item in items}
    except (NotKnownError, TypeError):
        return SetValue([], True, frozen, sample or (items[0] if items else None))
    return SetValue(list(unique.values()), open_, frozen, sample)


@function("builtins.dict")
def dict_(call: Call) -> Value:
    """dict(mapping or pairs, **entries)"""
    result = DictValue(open=call.open)
    if call.args:
        source = call.args[0]
        if isinstance(source, DictValue):
            result.entries.update(source.entries)
            result.open = result.open or source.open
            result.sample = source.sample
        else:
            pairs = items_of(call, source)
            if pairs is None:
                result.open = True
                sample = sample_of(call, source)
                if isinstance(sample, tuple) and len(sample) == 2:
                    result.sample = sample[1]
            for pair in pairs or ():
                both = items_of(call, pair) if isinstance(pair, (tuple, ListValue, str)) else None
                if both is None or len(both) != 2:
                    result.open = True
                    continue
                try:
                    result.entries[key_of(both[0])] = both[1]
                except (NotKnownError, TypeError):
                    result.open = True
    result.entries.update(call.kwargs)
    return result


@function("builtins.slice")
def slice_(call: Call) -> Value:
    """slice(stop) and slice(start, stop[, step])"""
    args = call.args
    if len(args) == 1:
        return SliceValue(None, args[0], None)
    return SliceValue(*args) if 2 <= len(args) <= 3 else call.unknown("the slice is not known")


@function("builtins.chr", "builtins.ord", "builtins.bin", "builtins.hex", "builtins.oct", "builtins.hash")
def simple(call: Call) -> Value:
    """Pure functions of one or two constants."""
    short = call.name.removeprefix("builtins.")
    if short == "hash":
        return call.unknown("hashes differ from run to run", "int")
    return compute(call, getattr(builtins, short), *call.args, kind="int" if short == "ord" else "str")


@method("builtins.range.__len__")
def range_len(call: Call) -> Value:
    """len(range)"""
    size = range_length(call.receiver) if isinstance(call.receiver, RangeValue) else None
    return int_value(size) if size is not None else fresh_int(label(call), call.place)


@method("builtins.range.__getitem__")
def range_getitem(call: Call) -> Value:
    """range(...)[i]"""
    if known(call.receiver) and known(call.args[0]):
        return compute(call, lambda r, i: r[i], call.receiver, call.args[0])
    if isinstance(call.args[0], SliceValue):
        return call.unknown("the ends of the slice are not known", "range")
    return fresh_int(label(call), call.place, least=-(10**9))


@method("builtins.range.__contains__")
def range_contains(call: Call) -> Value:
    """value in range(...)"""
    return compute(call, lambda row, v: v in row, call.receiver, call.args[0], kind="bool")


@attribute("builtins.range.start", "builtins.range.stop", "builtins.range.step")
def range_ends(call: Call) -> Value:
    """range(...).start and so on"""
    short = call.name.rpartition(".")[2]
    return getattr(call.receiver, short) if isinstance(call.receiver, RangeValue) else call.unknown("unknown", "int")


@attribute("builtins.slice.start", "builtins.slice.stop", "builtins.slice.step")
def slice_ends(call: Call) -> Value:
    """slice(...).start and so on"""
    return getattr(call.receiver, call.name.rpartition(".")[2])
