"""Indexing arrays with every kind of index, and `array.shape`."""

from __future__ import annotations

from typing import Any

from ...dims import ANY, NONE, Dim, same, symbol
from ...knowledge import Call, attribute, function, method
from ...places import Origin
from ...shapes import UNKNOWN_SHAPE, Shape, broadcast
from ...values import (
    Array,
    IteratorValue,
    ListValue,
    RangeValue,
    SliceValue,
    Unknown,
    Value,
    flatten,
    int_value,
    is_int,
)
from ..bridge import label
from ..slices import OVERRUN, Overrun, overrun, slice_bounds, unsure
from .arrays import NUMBERS, as_array, chosen_facts, kind_within, make, unknown_array
from .kinds import SURELY_ARRAY


def named_sizes(array: Array, call: Call) -> tuple[Dim, ...]:
    """The sizes of an array; unknown ones become symbols once, so that the same axis is the same number everywhere."""
    assert array.shape.dims is not None
    name = array.name or label(call, 24).removesuffix(".shape")
    dims = list(array.shape.dims)
    for i, dim in enumerate(dims):
        if dim.exact is None:
            origin = Origin(f"{name}.shape[{i}]", array.place or call.place, dim.origin)
            dims[i] = Dim(symbol(f"{name}.shape[{i}]", 0), dim.role, origin)
    array.shape = Shape(tuple(dims))
    return array.shape.dims or ()


@attribute("numpy.ndarray.shape")
def shape(call: Call) -> Value:
    """X.shape, each size with its origin."""
    array = call.receiver
    if not isinstance(array, Array) or array.shape.dims is None:
        return call.unknown("the array's rank is not known", "tuple")
    unsure([array])
    name = array.name or "array"
    sizes = []
    for i, dim in enumerate(named_sizes(array, call)):
        if dim.origin is not None and dim.origin.label == f"{name}.shape[{i}]":
            sizes.append(int_value(dim))
        else:
            cause = Origin(array.origin.label, array.place, dim.origin)
            sizes.append(int_value(Dim(dim.size, dim.role, Origin(f"{name}.shape[{i}]", call.place, cause))))
    return tuple(sizes)


@method("numpy.shape")
def shape_function(call: Call) -> Value:
    """np.shape(x)"""
    array = as_array(call, call.args[0]) if call.args else None
    if array is None:
        return call.unknown("the array's rank is not known", "tuple")
    return shape(Call("numpy.ndarray.shape", [], {}, call.place, call.engine, array))


@attribute("numpy.ndarray.ndim")
def ndim(call: Call) -> Value:
    """X.ndim"""
    rank = call.receiver.shape.rank if isinstance(call.receiver, Array) else None
    return rank if rank is not None else call.unknown("the array's rank is not known", "int")


@method("numpy.ndim")
def ndim_function(call: Call) -> Value:
    """np.ndim(x)"""
    array = as_array(call, call.args[0]) if call.args else None
    return ndim(Call("numpy.ndarray.ndim", [], {}, call.place, call.engine, array))


@attribute("numpy.ndarray.size")
def size(call: Call) -> Value:
    """X.size"""
    array = call.receiver
    if isinstance(array, Array) and array.shape.dims is not None:
        unsure([array])
        named_sizes(array, call)
        return int_value(array.shape.size())
    return call.unknown("the array's rank is not known", "int")


@attribute("numpy.ndarray.itemsize", "numpy.ndarray.nbytes", "numpy.ndarray.flags", "numpy.ndarray.strides")
def in_memory(call: Call) -> Value:
    """How the array lies in memory."""
    return call.unknown("not followed")


@attribute("numpy.ndarray.T", "numpy.ndarray.mT")
def transposed(call: Call) -> Value:
    """X.T"""
    array = call.receiver
    if not isinstance(array, Array):
        return call.unknown("the array is not known")
    dims = array.shape.dims
    turned = Shape(tuple(reversed(dims))) if dims is not None else UNKNOWN_SHAPE
    return make(
        call, turned, array.dtype, array, bits=array.bits, low=array.low, high=array.high, type_name=array.type_name
    )


@attribute("numpy.ndarray.flat", "numpy.ndarray.real", "numpy.ndarray.imag", "numpy.ndarray.base", "numpy.ndarray.data")
def views(call: Call) -> Value:
    """Rare views."""
    array = call.receiver
    if isinstance(array, Array) and call.name.endswith(("flat", "data")):
        array.write()  # who asks for it may write through it
    if isinstance(array, Array) and call.name.endswith(("real", "imag")):
        return make(call, array.shape, "float" if array.dtype == "complex" else array.dtype, array)
    return call.unknown("not followed")


@method("numpy.ndarray.__iter__")
def iterate(call: Call) -> Value:
    """for row in X: every row has the shape without the first axis."""
    array = call.receiver
    if not isinstance(array, Array) or array.shape.dims is None:
        return IteratorValue([], True, unknown_array(call, array))
    if array.shape.rank == 0:
        if array.dtype not in NUMBERS:  # a text, or an object
            return IteratorValue([], True, call.unknown("what a single value that is no number holds is not known"))
        call.refuse("python-exception", message="TypeError: iteration over a 0-d array", exception="TypeError")
    rows = array.shape[0].known
    if rows is not None and rows <= 64:
        return IteratorValue([take_item(call, array, (i,)) for i in range(rows)])
    return IteratorValue([], True, _row(call, array))


def _row(call: Call, array: Array) -> Value:
    if array.shape.rank == 1 and array.dtype == "object" and "item" in array.facts:
        return array.facts["item"]
    shape = array.shape.slice(1)
    if shape.rank == 0 and array.dtype == "object":
        return call.unknown("what an object of an array is is not known")
    return make(call, shape, kind_within(array, shape), array, bits=array.bits, low=array.low, high=array.high)


@method("numpy.ndarray.__getitem__")
def getitem(call: Call) -> Value:
    """X[index]"""
    array, index = call.receiver, call.args[0]
    if not isinstance(array, Array):
        return call.unknown("the array is not known")
    parts = index if isinstance(index, tuple) else (index,)
    item = take_item(call, array, parts)
    if isinstance(item, Array) and any(part is ... for part in parts):
        item.facts[SURELY_ARRAY] = True  # even without axes it is none of NumPy's numbers
    return item


@function("numpy.s_.__getitem__", "numpy.index_exp.__getitem__")
def index_alone(call: Call) -> Value:
    """np.s_[index]: the index itself, which in np.index_exp is always a tuple."""
    index = call.args[0]
    return (index,) if "index_exp" in call.name and not isinstance(index, tuple) else index


@method("numpy.ndarray.__setitem__")
def setitem(call: Call) -> Value:
    """X[index] = value: the shape stays, the values are no longer known, unless all were 0 or 1 and so is the new one."""
    array = call.receiver
    if isinstance(array, Array):
        new = call.args[1]
        binary = _is_binary(array) and isinstance(new, (int, float)) and new in (0, 1)
        array.write()
        array.facts["binary"] = binary
        index = call.args[0]
        parts = index if isinstance(index, tuple) else (index,)
        kinds = [_describe(call, part) for part in parts]
        if array.shape.dims and not any(kind == "unknown" for kind, _ in kinds):
            _check_index(call, array, kinds)
        _check_assigned(call, array)
    return None


def _is_binary(array: Array) -> bool:
    """Are all values 0 or 1: one of them everywhere, or what became of such an array?"""
    return array.facts.get("binary") is True or (array.low == array.high and array.low in (0, 1))


def _check_assigned(call: Call, array: Array) -> None:
    """Refuse an array that can't be broadcast to where it is assigned. An array of objects takes anything."""
    index, new = call.args[0], call.args[1]
    parts = index if isinstance(index, tuple) else (index,)
    basic = all(_describe(call, part)[0] in ("new", "rest", "int", "slice") for part in parts)
    value = new if isinstance(new, Array) and new.type_name == "numpy.ndarray" else None
    numbers = array.type_name == "numpy.ndarray" and array.dtype in NUMBERS
    if not numbers or not basic or value is None or value.dtype not in NUMBERS:
        return
    target = take_item(call, array, parts)
    if not isinstance(target, Array) or target.shape.dims is None or value.shape.dims is None:
        return
    if not _spreads(value.shape.dims, target.shape.dims):
        call.refuse(
            "assign",
            str(target.shape),
            str(value.shape),
            f"could not broadcast input array from shape {value.shape} into shape {target.shape}",
            arrays=(value, target),
        )


def _spreads(dims: tuple[Dim, ...], over: tuple[Dim, ...]) -> bool:
    """May an array of these sizes be assigned to one of those? Axes of 1 in front are left out."""
    extra = len(dims) - len(over)
    if any(same(dim, 1) is False for dim in dims[: max(extra, 0)]):
        return False
    pairs = zip(reversed(dims), reversed(over))
    return not any(same(dim, into) is False and same(dim, 1) is False for dim, into in pairs)


@method("numpy.ndarray.__delitem__")
def delitem(call: Call) -> Value:
    """del X[index] is refused for arrays."""
    return None


def _describe(call: Call, part: Value) -> tuple[str, Any]:
    """What an index is: ("new",), ("rest",), ("int", n), ("slice", s), ("array", Array), ("mask", Array) or ("unknown", v)."""
    if part is None:
        return "new", None
    if part is ...:
        return "rest", None
    if isinstance(part, bool):
        return "unknown", part
    if is_int(part):
        return "int", part
    if isinstance(part, SliceValue):
        return "slice", part
    if isinstance(part, Array) and part.shape.rank == 0 and part.dtype == "int":
        return "int", part.constant if isinstance(part.constant, int) else part
    if isinstance(part, Unknown):
        return ("int", part) if part.kind == "int" else ("unknown", part)
    if isinstance(part, (Array, ListValue, RangeValue)):
        array = as_array(call, part)
        if array is None or array.shape.rank is None or array.dtype not in ("int", "bool"):
            return "unknown", part
        if array.dtype == "int" and array.shape.rank == 0:
            return "int", array
        return ("mask", array) if array.dtype == "bool" else ("array", array)
    return "unknown", part


def mask_count(mask: Array, call: Call) -> Dim:
    """How many True a mask has: the same unknown number each time that this mask is used."""
    count = mask.facts.get("~count")
    if count is None:
        # of a mask without a name (`df[df.a > 0]`) nothing is written that could be shown
        written = f"{mask.name}.sum()" if mask.name else "n_selected"
        count = Dim(symbol(written, 0), None, Origin(written, mask.place))
        mask.facts["~count"] = count
    return count


def _check_index(call: Call, array: Array, kinds: list[tuple[str, Any]]) -> int:
    """Refuse the IndexError that is certain: too many indices, or one outside of its axis. Gives how many axes the index uses."""
    dims = array.shape.dims or ()
    if sum(kind == "rest" for kind, _ in kinds) > 1:
        message = "IndexError: an index can only have a single ellipsis ('...')"
        call.refuse("python-exception", message=message, exception="IndexError")
    used = sum(_consumes(kind, value) for kind, value in kinds)
    if used > len(dims):
        call.refuse(
            "too-many-indices",
            f"at most {len(dims)} indices for shape {array.shape}",
            f"{used}",
            f"too many indices for array: array is {len(dims)}-dimensional, but {used} were indexed",
            exception="IndexError",
            array=array,
        )
    at = 0
    for kind, value in kinds:
        if kind == "rest":
            at += len(dims) - used
        elif kind != "new":
            for one in _values_of(value) if kind == "array" else (value,) if kind == "int" else ():
                _check_bounds(call, array, at, one)
            at += _consumes(kind, value)
    return used


def _values_of(index: Array) -> list[Value]:
    """The known values of an array of indices; nothing where they aren't all known."""
    return flatten(index.constant) if isinstance(index.constant, tuple) else []


def take_item(call: Call, array: Array, parts: tuple[Value, ...]) -> Value:
    """The array that indexing gives. IndexError is refused where it is certain."""
    kinds = [_describe(call, part) for part in parts]
    dims = array.shape.dims
    if dims == () and array.dtype not in NUMBERS:  # a text, or an object
        return call.unknown("what a single value that is no number holds is not known")
    if dims is None or any(kind == "unknown" for kind, _ in kinds):
        return unknown_array(call, array, dtype=array.dtype)
    used = _check_index(call, array, kinds)
    if not any(kind == "rest" for kind, _ in kinds):
        kinds.append(("rest", None))
    advanced = any(kind in ("array", "mask") for kind, _ in kinds)
    result: list[Dim] = []
    fancy: list[Shape] = []
    fancy_at: list[int] = []
    at = 0
    for position, (kind, value) in enumerate(kinds):
        if kind == "new":
            result.append(Dim(1))
        elif kind == "rest":
            count = len(dims) - used
            result.extend(dims[at : at + count])
            at += count
        elif kind == "int":
            if advanced:
                fancy.append(Shape.of())
                fancy_at.append(position)
                if len(fancy_at) == 1:
                    slot = len(result)
            at += 1
        elif kind == "slice":
            taken = slice_bounds(value, dims[at])
            whole = taken is not None and same(taken, dims[at])
            left = NONE if dims[at].is_none else ANY  # a part of what isn't fixed isn't fixed
            result.append(dims[at] if whole else taken if taken is not None else left)
            at += 1
        else:
            if not fancy_at:
                slot = len(result)
            fancy_at.append(position)
            if kind == "mask":
                fancy.append(Shape((mask_count(value, call),)))
                at += value.shape.rank
            else:
                fancy.append(value.shape)
                at += 1
    if advanced:
        joined = Shape.of()
        for one in fancy:
            joined = broadcast(joined, one).shape
        if joined.dims is None:
            return unknown_array(call, array, dtype=array.dtype)
        if fancy_at[-1] - fancy_at[0] != len(fancy_at) - 1:
            slot = 0
        result[slot:slot] = joined.dims
    if not result and array.dtype == "object" and "item" in array.facts and not advanced:
        return array.facts["item"]
    if not result and array.dtype == "object":
        return call.unknown("what an object of an array is is not known")
    constant = _constant(array, kinds)
    facts: dict[str, Any] = {}
    if kinds[0][0] in ("slice", "mask", "rest"):
        facts = chosen_facts(array, True)
        if kinds[0][0] == "slice" and parts[0].step in (None, 1) and (parts[0].start, parts[0].stop) != (None, None):
            facts["~slice_of"] = array
    elif kinds[0][0] == "array":
        facts = chosen_facts(array, False)
    over = _overrun(call, dims, kinds)
    if over is not None:
        facts[OVERRUN] = over
    if "window" in facts and (len(result) < 2 or same(result[1], facts["window"]) is not True):
        del facts["window"]
    shape = Shape(tuple(result))
    return make(
        call, shape, kind_within(array, shape), array, bits=array.bits, low=array.low, high=array.high, constant=constant,
        one_hot=array.one_hot if len(parts) == 1 and len(result) == len(dims) else None, facts=facts,
    )  # fmt: skip


def _overrun(call: Call, dims: tuple[Dim, ...], kinds: list[tuple[str, Any]]) -> Overrun | None:
    """Is the window or the index into the first axis one that leaves it before the loop ends?"""
    kind, value = kinds[0]
    if not dims or (kind == "slice" and value.step not in (None, 1)):
        return None
    if kind == "slice":
        return overrun(value.stop, dims[0], call.place, slice_bounds(value, dims[0]))
    if kind != "int" or not isinstance(value, Dim) or call.engine.takes("IndexError"):
        return None
    return overrun(Dim.of(value) + 1, dims[0], call.place)


def _consumes(kind: str, value: Any) -> int:
    if kind in ("new", "rest"):
        return 0
    return int(value.shape.rank) if kind == "mask" else 1


def _check_bounds(call: Call, array: Array, axis: int, value: Value) -> None:
    dims = array.shape.dims or ()
    size = dims[axis].known if axis < len(dims) else None
    if size is None or not isinstance(value, int) or -size <= value < size:
        return
    call.refuse(
        "index",
        f"an index between {-size} and {size - 1}",
        f"{int(value)} on axis {axis} of shape {array.shape}",
        f"index {int(value)} is out of bounds for axis {axis} with size {size}",
        exception="IndexError",
        array=array,
        axis=axis,
        index=int(value),
    )


def _constant(array: Array, kinds: list[tuple[str, Any]]) -> Any:
    """The known values that plain integer indices pick; None otherwise."""
    value = array.constant
    for kind, index in kinds:
        if kind == "rest":
            continue
        if kind != "int" or not isinstance(index, int) or not isinstance(value, tuple):
            return None
        value = value[index] if -len(value) <= index < len(value) else None
    return value
