"""Arrays out of values: the shape and dtype that `numpy.asarray` would give, and how results are made."""

from __future__ import annotations

import math
from typing import Any

from ...dims import ANY, Dim, less, same, symbols
from ...knowledge import Call
from ...shapes import UNKNOWN_SHAPE, Shape
from ...values import (
    Arguments,
    Array,
    External,
    IteratorValue,
    ListValue,
    Made,
    Object,
    RangeValue,
    Unknown,
    Value,
    fresh_int,
    is_int,
    to_dim,
)
from ..bridge import range_length
from ..slices import OVERRUN, whole_width

CONSTANT_LIMIT = 1024
"""Values of arrays with more elements than this are not kept."""

_KINDS = {
    "bool": "bool", "bool_": "bool", "?": "bool", "object": "object", "object_": "object", "O": "object", "str": "string",
    "str_": "string", "U": "string", "S": "string", "bytes_": "string", "string": "string", "int": "int", "float": "float",
    "complex": "complex", "double": "float", "single": "float", "half": "float", "longlong": "int", "int_": "int", "uint": "int",
    "float_": "float", "f": "float", "d": "float", "i": "int", "intp": "int", "category": "object", "bytes": "string", "byte": "int",
    "ubyte": "int", "short": "int", "long": "int", "unicode_": "string", "l": "int",
}  # fmt: skip
_CODES = {"f": "float", "i": "int", "u": "int", "c": "complex", "b": "bool", "M": "datetime", "m": "datetime"}
_DEFAULT_BITS = {
    "float": 64,
    "int": 64,
    "double": 64,
    "single": 32,
    "half": 16,
    "f": 32,
    "d": 64,
    "float_": 64,
    "int_": 64,
}


def dtype_of(value: Value) -> tuple[str | None, int | None]:
    """(kind, bits) that a dtype argument names; (None, None) when it can't be told."""
    name: str | None = None
    if isinstance(value, str):
        name = value
    elif isinstance(value, External):
        name = value.name.rpartition(".")[2]
    elif isinstance(value, Object) and value.type_name == "numpy.dtype":
        return value.attributes.get("~kind"), value.attributes.get("~bits")
    if name is None:
        return None, None
    name = name.lstrip("<>=|")
    if name in _KINDS:
        return _KINDS[name], _DEFAULT_BITS.get(name)
    for prefix, kind in (
        ("float", "float"),
        ("bfloat", "float"),
        ("int", "int"),
        ("uint", "int"),
        ("complex", "complex"),
    ):
        if name.startswith(prefix) and name[len(prefix) :].isdigit():
            return kind, int(name[len(prefix) :])
    if name.startswith(("datetime", "timedelta")):
        return "datetime", None
    if len(name) == 2 and name[0] in _CODES and name[1].isdigit():
        return _CODES[name[0]], 8 * int(name[1])
    if name[:1] in ("U", "S") and name[1:].isdigit():
        return "string", None
    return None, None


NUMBERS = ("bool", "int", "float", "complex")
"""The kinds of numbers, each of which holds those before it."""


def promote(*kinds: str | None) -> str | None:
    """The kind of dtype that these give together; None when one isn't known."""
    if None in kinds or not kinds:
        return None
    if "object" in kinds:
        return "object"
    if "string" in kinds:
        return "string"
    if all(k in NUMBERS for k in kinds):
        return max(kinds, key=lambda k: NUMBERS.index(k or ""))
    return kinds[0] if len(set(kinds)) == 1 else None


def make(
    call: Call, shape: Shape, dtype: str | None, *inputs: Value, arguments: Arguments | None = None, **more: Any
) -> Array:
    """An array that this call makes of these inputs."""
    out = call.kwargs.get("out")
    if isinstance(out, Array):
        out.write()
    return Array(shape, dtype, made=Made(call.name, inputs, call.place, arguments), place=call.place, **more)


_OF_ROWS = ("scaled_by", "split", "split_of", "split_id", "split_at", "loaded", "shuffled", "window_of", "window")
"""Facts about rows, which hold for as long as the rows do."""


EVERY_CLASS = "~every_class"
"""The fact of labels among which each of the "classes" is: how many values they are, since only some of them may lack one."""


def classes_of(array: Array) -> int | None:
    """How many classes there are in labels, when each of them is surely among the values."""
    classes = array.facts.get("classes")
    if not isinstance(classes, int) or (array.low, array.high) != (0, classes - 1) or EVERY_CLASS not in array.facts:
        return None
    return classes if same(array.shape.size(), array.facts[EVERY_CLASS]) is True else None


def kept_facts(array: Array, shape: Shape) -> dict[str, Any]:
    """The facts that hold when the same values stand in another shape: those about rows if the rows are the same."""
    facts = {}
    if array.shape.dims and shape.dims and same(array.shape.dims[0], shape.dims[0]) is True:
        facts = {k: v for k, v in array.facts.items() if k in _OF_ROWS}
    if "classes" in array.facts and same(array.shape.size(), shape.size()) is True:
        facts |= {k: array.facts[k] for k in ("classes", EVERY_CLASS) if k in array.facts}
    if "window" in facts and same(shape.get(1), facts["window"]) is not True:
        del facts["window"]
    return facts


def chosen_facts(array: Array, ordered: bool, unscaled: bool = False) -> dict[str, Any]:
    """The facts that hold for some of the rows; what is known of their order only if they keep it."""
    gone = {*(() if ordered else ("shuffled",)), *(("scaled_by",) if unscaled else ())}
    return {k: v for k, v in array.facts.items() if k in _OF_ROWS and k not in gone}


def kind_within(array: Array, shape: Shape) -> str | None:
    """The kind of what is taken out of an array: a single object may be anything."""
    return None if array.dtype == "object" and shape.rank == 0 else array.dtype


def converted_range(array: Array, kind: str | None, bits: int | None) -> tuple[float | None, float | None]:
    """The range of the values as another type: whole numbers lose what stands behind the point, and few bits may not hold them."""
    low, high = array.low, array.high
    if (kind, bits) == (array.dtype, array.bits):
        return low, high
    if low is None or high is None or kind not in ("int", "float") or array.dtype not in ("int", "float", "bool"):
        return None, None
    if kind == "float":
        return low, high
    return (math.trunc(low), math.trunc(high)) if bits not in (8, 16) or (low >= 0 and high < 128) else (None, None)


def take(call: Call, signature: str) -> Arguments:
    """Bind the parameters that matter; all others are accepted and ignored."""
    return call.bind(f"{signature}, **_more" if "*" in signature else f"{signature}, *_rest, **_more")


def scalar_kind(value: Value) -> str | None:
    """The dtype kind of a Python number, known or not; None when it isn't one."""
    if isinstance(value, bool):
        return "bool"
    if is_int(value):
        return "int"
    if isinstance(value, float):
        return "float"
    if isinstance(value, complex):
        return "complex"
    if isinstance(value, (str, bytes)):
        return "string"
    if isinstance(value, Unknown):
        return {"int": "int", "float": "float", "bool": "bool", "str": "string", "complex": "complex"}.get(
            value.kind or ""
        )
    return None


def _finite(number: Any) -> float | None:
    """A number as a float; None for infinity, NaN, and integers beyond all floats."""
    try:
        return float(number) if math.isfinite(number) else None
    except OverflowError:
        return None


def as_array(call: Call, value: Value, within: dict[int, Array | None] | None = None) -> Array | None:
    """The array that `numpy.asarray(value)` is; None when it can't be told that it is one with a known rank at all.

    `within` has, by identity, the lists that were met on the way here: one list may stand in many places, even in itself.
    """
    if isinstance(value, Array):
        return value
    if isinstance(value, Unknown) and value.kind == "bool":  # a comparison of what isn't known, which may be an array
        return None
    kind = scalar_kind(value)
    if kind is not None:
        exact = isinstance(value, (bool, int, float))
        low = _finite(value) if exact else None
        return make(
            call, Shape.of(), kind, value, constant=value if exact else None, low=low, high=low,
            bits={"int": 64, "float": 64}.get(kind),
        )  # fmt: skip
    if isinstance(value, RangeValue):
        size = range_length(value)
        return make(call, Shape.of(size if size is not None else ANY), "int", value, bits=64)
    if isinstance(value, IteratorValue):
        return make(call, Shape.of(), "object", value)
    if not isinstance(value, (ListValue, tuple)):
        return None
    within = {} if within is None else within
    if id(value) not in within:
        within[id(value)] = None
        within[id(value)] = (
            _open_list(call, value, within)
            if isinstance(value, ListValue) and value.open
            else _nested(call, value.items if isinstance(value, ListValue) else list(value), value, within)
        )
    return within[id(value)]


def _open_list(call: Call, value: ListValue, within: dict[int, Array | None]) -> Array:
    if value.length is not None and value.length.known == 0:
        return make(call, Shape.of(0), "float", value)
    if value.length is None:
        value.length = fresh_int("samples", call.place, cause=None)
    candidates = [*value.items, *([value.sample] if value.sample is not None else [])]
    if not candidates:
        return make(call, UNKNOWN_SHAPE, None, value)
    arrays = [as_array(call, one, within) for one in candidates]
    sample = arrays[0] if len(arrays) == 1 else _agreement(call, arrays)
    if sample is None or sample.shape.dims is None:
        return make(call, UNKNOWN_SHAPE, None, value)
    shape = Shape((value.length, *sample.shape.dims))
    facts = _windows(candidates, shape)
    overruns = [a.facts.get(OVERRUN) if a is not None else None for a in arrays]
    over = overruns[0]
    one_place = over is not None and all(one is not None and one.place is over.place for one in overruns)
    if over is not None and one_place and same(value.length, over.turns) is True:  # each turn has put one there
        facts[RAGGED] = over
    return make(call, shape, sample.dtype, value, bits=sample.bits, facts=facts)


RAGGED = "~ragged"
"""The fact of an array that NumPy can't make: the `Overrun` of its rows, or the sizes that they have."""


def _windows(items: list[Value], shape: Shape) -> dict[str, Any]:
    """The facts of stacked windows: all of them are slices of one series, and as long as each other."""
    sources = {id(i.facts.get("~slice_of")): i.facts.get("~slice_of") for i in items if isinstance(i, Array)}
    source = next(iter(sources.values())) if len(sources) == 1 else None
    if source is None or not all(isinstance(i, Array) for i in items) or shape.get(1).exact is None:
        return {}
    facts = {k: v for k, v in source.facts.items() if k == "scaled_by"}
    return {**facts, "window_of": source, "window": shape.get(1)}


def _agreement(call: Call, arrays: list[Array | None]) -> Array | None:
    known = [a for a in arrays if a is not None]
    if len(known) != len(arrays) or any(a.shape.rank is None or a.shape.rank != known[0].shape.rank for a in known):
        return None
    dims = []
    for column in zip(*(a.shape.dims or () for a in known)):
        exact = [d for d in column if d.exact is not None]
        agreed = all(same(exact[0], d) is True for d in exact[1:]) if exact else False
        dims.append(exact[0] if agreed and len(exact) == len(column) else _one_width(list(column)))
    bits = known[0].bits if all(a.bits == known[0].bits for a in known) else None
    return make(call, Shape(tuple(dims)), promote(*(a.dtype for a in known)), bits=bits)


def _one_width(column: list[Dim]) -> Dim:
    """The width of slices at different places of a row: to be stacked they must be whole, each as wide as the others."""
    widths = {whole_width(d) if d.known is None else d.known for d in column}
    width = widths.pop() if len(widths) == 1 else None
    return Dim(width) if width is not None else ANY


_NUMBERS = frozenset([bool, int, float])


def _row(call: Call, items: list[Any], source: Value) -> Array:
    """The array of plain numbers, of which there may be very many."""
    dtype = promote(*{scalar_kind(number) for number in {type(item): item for item in items}.values()})
    whole = [item for item in items if type(item) is int]
    if whole and (min(whole) < -(2**63) or max(whole) >= 2**64):
        return make(call, Shape.of(len(items)), "object", source)
    low, high = _finite(min(items)), _finite(max(items))
    known = low is not None and high is not None and not any(item != item for item in items)
    return make(
        call, Shape.of(len(items)), dtype, source, bits={"int": 64, "float": 64}.get(dtype or ""),
        low=low if known else None, high=high if known else None,
        constant=tuple(items) if len(items) <= CONSTANT_LIMIT else None,
    )  # fmt: skip


def _nested(call: Call, items: list[Value], source: Value, within: dict[int, Array | None]) -> Array:
    if not items:
        return make(call, Shape.of(0), "float", source, bits=64)
    if _NUMBERS.issuperset(map(type, items)):
        return _row(call, items, source)
    if all(type(item) is str for item in items):
        return make(call, Shape.of(len(items)), "string", source)
    inner = [as_array(call, item, within) for item in items]
    one = _agreement(call, inner)
    if one is None or one.shape.dims is None:
        return make(call, UNKNOWN_SHAPE, None, source)
    for column in zip(*(a.shape.dims or () for a in inner if a is not None)):
        if any(same(column[0], d) is False for d in column[1:]):  # an error, or an array of objects
            return make(call, UNKNOWN_SHAPE, None, source, facts={RAGGED: tuple(dict.fromkeys(map(str, column)))})
    arrays = [a for a in inner if a is not None]
    shape = Shape((Dim(len(items)), *one.shape.dims))
    total = shape.size().known
    constant = None
    if total is not None and total <= CONSTANT_LIMIT and all(a.constant is not None for a in arrays):
        constant = tuple(a.constant for a in arrays)
    lows = [a.low for a in arrays]
    highs = [a.high for a in arrays]
    low = min(x for x in lows if x is not None) if None not in lows else None
    high = max(x for x in highs if x is not None) if None not in highs else None
    bits = {"int": 64, "float": 64}.get(one.dtype or "") if one.bits is None else one.bits
    facts = _windows(items, shape) if len(items) > 1 else {}
    return make(call, shape, one.dtype, source, constant=constant, low=low, high=high, bits=bits, facts=facts)


def target_dims(value: Value) -> tuple[Dim, ...] | None:
    """The sizes that a shape argument asks for (an int, a tuple or a list); None when they can't be seen."""
    if is_int(value):
        return (to_dim(value),)
    items = value.items if isinstance(value, ListValue) and not value.open else value
    if isinstance(items, (tuple, list)):
        return tuple(size_of(v) for v in items)
    if isinstance(value, Array) and value.shape.rank == 0:
        return (size_of(value),)
    if isinstance(value, Unknown) and value.kind == "int":
        return (ANY,)
    return None


def size_of(value: Value) -> Dim:
    """One size of a shape argument; unknown where it may be -1 or isn't an integer.

    A difference of sizes (`len(X) - 10`) is taken as the size that it must be for the program to run.
    """
    dim = to_dim(value)
    if dim.size is None:
        return ANY
    if dim.exact is not None and dim.known is None and less(dim.exact, 0) is not False:
        return dim if all(s.least >= 0 for s in symbols(dim.exact)) and less(dim.exact, 0) is None else ANY
    return dim


def axis_of(value: Value, rank: int) -> int | None:
    """A known axis counted from 0; None when it isn't a known one within the rank."""
    if isinstance(value, int) and not isinstance(value, bool) and -rank <= value < rank:
        return int(value) % rank
    return None


def check_axis(call: Call, value: Value, rank: int, array: Array) -> None:
    """Refuse a known axis outside the rank, as NumPy's AxisError does (scalars let 0 and -1 pass)."""
    if rank == 0 and value in (0, -1):
        return
    if isinstance(value, int) and not isinstance(value, bool) and not -rank <= value < rank:
        call.refuse(
            "axis",
            f"an axis between {-rank} and {rank - 1}",
            f"axis {int(value)} of an array of shape {array.shape}",
            f"axis {int(value)} is out of bounds for array of dimension {rank}",
            exception="AxisError",
            array=array,
        )


def unknown_array(call: Call, *inputs: Value, dtype: str | None = None) -> Array:
    """An array about whose shape nothing is known."""
    return make(call, UNKNOWN_SHAPE, dtype, *inputs)
