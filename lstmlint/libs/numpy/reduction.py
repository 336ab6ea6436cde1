"""Reductions over axes: sum, mean, max, argmax, unique and their relatives."""

from __future__ import annotations

from ...dims import ANY, Dim
from ...knowledge import Call, function, method
from ...shapes import UNKNOWN_SHAPE, Shape
from ...values import Array, ListValue, Value
from .arrays import as_array, axis_of, check_axis, classes_of, make, unknown_array

_KEEP = ("max", "min", "amax", "amin", "nanmax", "nanmin", "ptp")
_ADD = ("sum", "prod", "nansum")
_MEAN = ("mean", "std", "var", "median", "nanmean", "nanstd", "average", "nanmedian")
_BOOL = ("any", "all")
_INDEX = ("argmax", "argmin", "nanargmax", "count_nonzero")
_ALL = (*_KEEP, *_ADD, *_MEAN, *_BOOL, *_INDEX)


def source_of(call: Call, *names: str) -> tuple[Array | None, list[Value]]:
    """The array that a function or method works on, and the other positional arguments."""
    if call.name.startswith("numpy.ndarray."):
        return as_array(call, call.receiver), list(call.args)
    if call.args:
        return as_array(call, call.args[0]), list(call.args[1:])
    for name in names or ("a",):
        if name in call.kwargs:
            return as_array(call, call.kwargs[name]), []
    return None, []


@function(*(f"numpy.{n}" for n in _ALL))
@method(*(f"numpy.ndarray.{n}" for n in _ALL))
def reduce(call: Call) -> Value:
    """np.sum(a, axis=None, keepdims=False) and its relatives; without an axis a NumPy scalar."""
    short = call.name.rpartition(".")[2]
    array, rest = source_of(call)
    if array is None:
        return unknown_array(call, *call.args)
    axis = call.kwargs.get("axis", rest[0] if rest else None)
    kind, bits = _result(short, array)
    if call.kwargs.get("dtype") is not None:
        kind, bits = None, None
    keep = call.kwargs.get("keepdims", False)
    shape = reduced(call, array, axis, keep)
    if array.dtype == "object" and shape.rank == 0 and kind not in ("int", "bool"):
        return unknown_array(call, array)  # objects may be arrays themselves
    low, high = (array.low, array.high) if short in _KEEP and short != "ptp" else (None, None)
    if short in _INDEX:
        low = 0.0
        if short != "count_nonzero" and isinstance(axis, int) and array.shape.rank:
            size = array.shape.get(int(axis)).known
            high = float(size - 1) if size else None
    constant = None
    if (
        shape.rank == 0
        and array.dtype == "int"
        and isinstance(array.constant, tuple)
        and array.constant
        and array.shape.rank == 1
    ):
        constant = _calculate(short, array.constant)
    if shape.rank == 0 and short in ("max", "amax", "min", "amin") and (classes := classes_of(array)) is not None:
        constant = classes - 1 if "max" in short else 0
    if short == "average" and call.kwargs.get("returned"):
        return call.unknown("np.average with returned is not followed")
    framed = array.type_name == "pandas.DataFrame" and shape.rank == 1
    type_name = "pandas.Series" if framed else "numpy.ndarray"
    return make(call, shape, kind, array, bits=bits, low=low, high=high, constant=constant, type_name=type_name)


def _calculate(short: str, values: tuple[int, ...]) -> int | None:
    if not all(isinstance(v, int) for v in values):
        return None
    if short in ("max", "amax"):
        return max(values)
    if short in ("min", "amin"):
        return min(values)
    if short in ("sum", "prod"):
        total = 0 if short == "sum" else 1
        for value in values:
            total = total + value if short == "sum" else total * value
        return int(total) if abs(total) < 2**31 else None
    return None


def _result(short: str, array: Array) -> tuple[str | None, int | None]:
    if short in _BOOL:
        return "bool", None
    if short in _INDEX:
        return "int", 64
    if short in _MEAN:
        return (
            ("float", array.bits if array.dtype == "float" else 64)
            if array.dtype in ("float", "int", "bool")
            else (None, None)
        )
    if short in _ADD and array.dtype == "bool":
        return "int", 64
    return array.dtype, array.bits if array.dtype == "float" or short in _KEEP else None


def reduced(call: Call, array: Array, axis: Value, keep: Value) -> Shape:
    """The shape after a reduction over an axis, several, or all of them."""
    dims = array.shape.dims
    if not isinstance(keep, bool):
        return UNKNOWN_SHAPE
    if dims is None:
        return Shape.of() if axis is None and not keep else UNKNOWN_SHAPE
    if axis is None or not dims:
        return Shape((Dim(1),) * len(dims)) if keep else Shape.of()
    wanted = axis.items if isinstance(axis, ListValue) else axis if isinstance(axis, tuple) else (axis,)
    chosen: set[int] = set()
    for one in wanted:
        check_axis(call, one, len(dims), array)
        at = axis_of(one, len(dims))
        if at is None:
            return (
                UNKNOWN_SHAPE
                if not isinstance(one, int) and len(wanted) > 1
                else Shape.any(len(dims) if keep else len(dims) - 1)
            )
        chosen.add(at)
    if keep:
        return Shape(tuple(Dim(1) if i in chosen else d for i, d in enumerate(dims)))
    return Shape(tuple(d for i, d in enumerate(dims) if i not in chosen))


@function("numpy.cumsum", "numpy.cumprod", "numpy.sort", "numpy.argsort")
@method("numpy.ndarray.cumsum", "numpy.ndarray.cumprod", "numpy.ndarray.argsort")
def running(call: Call) -> Value:
    """Functions along an axis that keep the shape."""
    array, rest = source_of(call)
    short = call.name.rpartition(".")[2]
    if array is None:
        return unknown_array(call)
    axis = call.kwargs.get("axis", rest[0] if rest else (None if short.startswith("cum") else -1))
    kind = "int" if short == "argsort" else array.dtype if array.dtype != "bool" else None
    if array.shape.rank == 0:
        return make(call, UNKNOWN_SHAPE, kind, array)
    if axis is None:
        return make(call, Shape((array.shape.size(),)) if array.shape.dims is not None else Shape.any(1), kind, array)
    return make(call, array.shape, kind, array, bits=array.bits if short == "sort" else None)


@function("numpy.diff")
def diff(call: Call) -> Value:
    """np.diff(a, n=1, axis=-1)"""
    array, rest = source_of(call)
    if array is None or not array.shape.dims or rest or call.kwargs.keys() - {"axis", "a"}:
        return unknown_array(call, *call.args)
    at = axis_of(call.kwargs.get("axis", -1), len(array.shape.dims))
    if at is None:
        return make(call, Shape.any(len(array.shape.dims)), None, array)
    return make(
        call,
        array.shape.slice(0, at).extend((array.shape[at] - 1).maximum(0), *array.shape.dims[at + 1 :]),
        None,
        array,
    )


@function("numpy.percentile", "numpy.quantile", "numpy.nanpercentile")
def percentile(call: Call) -> Value:
    """np.percentile(a, q): a scalar for one q."""
    array, rest = source_of(call)
    if array is not None and len(rest) == 1 and isinstance(rest[0], (int, float)) and not call.kwargs:
        return make(call, Shape.of(), "float", array)
    return unknown_array(call, *call.args)


@function("numpy.unique")
def unique(call: Call) -> Value:
    """np.unique(a): one axis of unknown size."""
    array, rest = source_of(call, "ar")
    dtype = array.dtype if array is not None else None
    if rest or call.kwargs.get("axis") is not None or call.open:
        return call.unknown("np.unique along an axis is not followed")
    count = None if array is None else array.facts.get("~unique")
    if count is None:
        count = _count(call, array)
    first = make(
        call, Shape((count,)), dtype, array, low=array.low if array else None, high=array.high if array else None
    )
    extra = [n for n in ("return_index", "return_inverse", "return_counts") if call.kwargs.get(n, False) is not False]
    if not extra:
        return first
    if any(call.kwargs[n] is not True for n in extra):
        return call.unknown("what np.unique returns depends on a value that is not known")
    found = {n: make(call, Shape((count,)), "int", array, bits=64) for n in extra}
    if "return_inverse" in found:
        flat = array.shape if array is not None and array.shape.rank == 1 else UNKNOWN_SHAPE
        found["return_inverse"] = make(call, flat, "int", array, bits=64)
    return (first, *(found[n] for n in ("return_index", "return_inverse", "return_counts") if n in found))


def _count(call: Call, array: Array | None) -> Dim:
    from ...values import fresh_int
    from ..bridge import label

    if array is not None and isinstance(array.constant, tuple) and array.shape.rank == 1:
        return Dim(len(set(array.constant)))
    if array is not None and (classes := classes_of(array)) is not None:
        return Dim(classes)
    count = fresh_int(f"len({label(call)})", call.place, cause=array.origin if array is not None else None)
    if array is not None:
        array.facts["~unique"] = count
    return count


@function("numpy.nonzero", "numpy.argwhere", "numpy.flatnonzero")
@method("numpy.ndarray.nonzero")
def nonzero(call: Call) -> Value:
    """Where an array isn't zero."""
    array, _ = source_of(call)
    short = call.name.rpartition(".")[2]
    if array is None or array.shape.rank is None:
        return call.unknown("the array's rank is not known")
    if short == "flatnonzero":
        return make(call, Shape((ANY,)), "int", array)
    if short == "argwhere":
        return make(call, Shape.of(ANY, array.shape.rank), "int", array)
    return tuple(make(call, Shape((ANY,)), "int", array) for _ in range(array.shape.rank))
