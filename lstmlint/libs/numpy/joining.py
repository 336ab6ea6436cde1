"""Joining arrays: `concatenate`, `append`, `stack` and their relatives."""

from __future__ import annotations

from ...dims import ANY, Dim, same
from ...knowledge import Call, function
from ...shapes import UNKNOWN_SHAPE, Shape
from ...values import Array, ListValue, Value
from ..bridge import items_of
from .arrays import as_array, axis_of, check_axis, make, promote, unknown_array
from .manipulation import with_shape


def _holds_objects(value: Value) -> bool:
    """Is this a row of objects, which may be arrays themselves?"""
    return isinstance(value, Array) and value.shape.rank == 1 and value.dtype == "object"


def _rows(call: Call, value: Value) -> list[Array] | None:
    """The arrays that are joined; None when they can't all be seen."""
    if _holds_objects(value):
        return None
    if (
        isinstance(value, Array)
        and value.shape.rank
        and value.shape[0].known is not None
        and value.shape[0].known <= 100
    ):
        return [with_shape(call, value.shape.slice(1), value)] * value.shape[0].known
    items = items_of(call, value) if isinstance(value, (tuple, ListValue)) else None
    arrays = [as_array(call, item) for item in items] if items is not None else [None]
    return [a for a in arrays if a is not None] if None not in arrays and arrays else None


def join(call: Call, arrays: list[Array], axis: Value) -> Value:
    """np.concatenate: sizes add up along the axis and agree elsewhere."""
    kind = promote(*(a.dtype for a in arrays))
    if any(a.shape.dims is None for a in arrays):
        return unknown_array(call, *arrays, dtype=kind)
    ranks = {len(a.shape) for a in arrays}
    shapes = " and ".join(str(a.shape) for a in arrays[:4])
    if len(ranks) > 1:
        message = "all the input array dimensions except for the concatenation axis must match exactly"
        call.refuse("concatenate", "arrays of one rank", shapes, message, arrays=tuple(arrays))
    rank = ranks.pop()
    if axis is None:
        return make(call, Shape((_sum([a.shape.size() for a in arrays]),)), kind, *arrays)
    if rank == 0:
        call.refuse("concatenate", "arrays with axes", shapes, "zero-dimensional arrays cannot be concatenated")
    check_axis(call, axis, rank, arrays[0])
    at = axis_of(axis, rank)
    if at is None:
        return make(call, Shape.any(rank), kind, *arrays)
    dims = []
    for i in range(rank):
        column = [a.shape[i] for a in arrays]
        if i == at:
            dims.append(_sum(column))
            continue
        exact = next((d for d in column if d.known is not None), column[0])
        for dim in column:
            if any(same(dim, other) is False for other in column):
                message = "all the input array dimensions except for the concatenation axis must match exactly"
                call.refuse("concatenate", f"equal sizes on axis {i}", shapes, message, arrays=tuple(arrays), axis=i)
        dims.append(exact)
    return make(call, Shape(tuple(dims)), kind, *arrays)


def _sum(dims: list[Dim]) -> Dim:
    total = dims[0]
    for dim in dims[1:]:
        total = total + dim
    return Dim(total.size)


@function("numpy.concatenate", "numpy.concat")
def concatenate(call: Call) -> Value:
    """np.concatenate(arrays, axis=0)"""
    arrays = _rows(call, call.args[0]) if call.args else None
    axis = call.kwargs.get("axis", call.args[1] if len(call.args) > 1 else 0)
    if not arrays:
        return _open_join(call, axis)
    return join(call, arrays, axis)


def _open_join(call: Call, axis: Value) -> Value:
    stacked = as_array(call, call.args[0]) if call.args else None
    if stacked is None or stacked.shape.rank is None or stacked.shape.rank < 2:
        return unknown_array(call, *call.args)
    dims = list(stacked.shape.dims or ())[1:]
    at = axis_of(axis, len(dims))
    if at is None:
        return unknown_array(call, *call.args, dtype=stacked.dtype)
    dims[at] = ANY
    return make(call, Shape(tuple(dims)), stacked.dtype, *call.args)


@function("numpy.append")
def append(call: Call) -> Value:
    """np.append(arr, values, axis=None)"""
    a, b = (as_array(call, v) for v in call.args[:2]) if len(call.args) >= 2 else (None, None)
    axis = call.kwargs.get("axis", call.args[2] if len(call.args) > 2 else None)
    if a is None or b is None:
        return make(call, Shape.any(1) if axis is None else UNKNOWN_SHAPE, None, *call.args)
    if axis is None:
        return make(call, Shape((_sum([a.shape.size(), b.shape.size()]),)), promote(a.dtype, b.dtype), *call.args)
    return join(call, [a, b], axis)


@function("numpy.stack")
def stack(call: Call) -> Value:
    """np.stack(arrays, axis=0)"""
    axis = call.kwargs.get("axis", call.args[1] if len(call.args) > 1 else 0)
    arrays = _rows(call, call.args[0]) if call.args else None
    base = as_array(call, call.args[0]) if call.args else None
    if arrays:
        for other in arrays[1:]:
            ranks = arrays[0].shape.rank, other.shape.rank
            differs = None not in ranks and (
                ranks[0] != ranks[1] or any(same(x, y) is False for x, y in zip(arrays[0].shape, other.shape))
            )
            if differs:
                shapes = f"{arrays[0].shape} and {other.shape}"
                call.refuse(
                    "stack",
                    "arrays of one shape",
                    shapes,
                    "all input arrays must have the same shape",
                    arrays=tuple(arrays),
                )
    if base is None or base.shape.dims is None or _holds_objects(base):
        return unknown_array(call, *call.args)
    check_axis(call, axis, len(base.shape.dims), arrays[0] if arrays else base)
    at = axis_of(axis, len(base.shape.dims))
    if at is None:
        return make(call, Shape.any(len(base.shape.dims)), base.dtype, base)
    dims = list(base.shape.dims)
    dims.insert(at, dims.pop(0))
    return make(call, Shape(tuple(dims)), base.dtype, *call.args)


@function("numpy.vstack", "numpy.row_stack", "numpy.hstack", "numpy.column_stack", "numpy.dstack")
def stacks(call: Call) -> Value:
    """np.vstack, np.hstack, np.column_stack, np.dstack"""
    short = call.name.removeprefix("numpy.")
    arrays = _rows(call, call.args[0]) if call.args else None
    if arrays is None or any(a.shape.dims is None for a in arrays):
        return unknown_array(call, *call.args)
    lifted = []
    for array in arrays:
        dims = array.shape.dims or ()
        if not dims:
            dims = (Dim(1),)
        if short in ("vstack", "row_stack") and len(dims) == 1:
            dims = (Dim(1), *dims)
        elif short == "column_stack" and len(dims) == 1:
            dims = (*dims, Dim(1))
        elif short == "dstack":
            dims = (Dim(1), *dims, Dim(1)) if len(dims) == 1 else (*dims, Dim(1)) if len(dims) == 2 else dims
        lifted.append(with_shape(call, Shape(dims), array))
    first = lifted[0].shape.rank
    axis = (
        0 if short in ("vstack", "row_stack") or (short == "hstack" and first == 1) else 2 if short == "dstack" else 1
    )
    return join(call, lifted, axis)
