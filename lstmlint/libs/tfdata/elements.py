"""The elements of datasets: nested tuples and dicts of tensors, and what happens to all of them at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ...dims import ANY, NONE, Dim, same
from ...knowledge import Call
from ...shapes import UNKNOWN_SHAPE, Shape
from ...values import Array, Dataset, DictValue, ListValue, Made, Object, Tensor, Unknown, Value, is_known
from ..numpy.arrays import as_array

DATASET = "tensorflow.data.Dataset"
TENSOR = "tensorflow.Tensor"


def make_dataset(call: Call, element: Value, batched: bool | None, **more: object) -> Dataset:
    """A dataset that this call makes."""
    origin = (call.receiver,) if call.receiver is not None else tuple(call.args)
    return replace(
        Dataset(element, batched, place=call.place, made=Made(call.name, origin, call.place)),
        **more,  # type: ignore[arg-type]
    )


def tensor_of(call: Call, value: Value) -> Value:
    """The eager tensor that TensorFlow makes of one value; unknown stays unknown."""
    if isinstance(value, (Unknown, Tensor)) or value is None:
        return value if isinstance(value, Unknown) else call.unknown("what the dataset holds is not known")
    array = as_array(call, value)
    if array is None:
        return call.unknown("what the dataset holds is not known")
    bits = array.bits
    if not isinstance(value, Array):  # Python numbers become float32 and int32
        bits = {"float": 32, "int": 32}.get(array.dtype or "")
    made = Made(call.name, (value,), call.place)
    return Array(
        array.shape, array.dtype, TENSOR, bits, array.low, array.high, array.one_hot, name=array.name, made=made,
        place=array.place, facts={k: v for k, v in array.facts.items() if not k.startswith("~")},
    )  # fmt: skip


def structure(call: Call, value: Value) -> Value:
    """A value as a dataset sees it: tuples and dicts are structure, everything else becomes a tensor."""
    if isinstance(value, tuple):
        return tuple(structure(call, v) for v in value)
    if isinstance(value, DictValue):
        return DictValue({k: structure(call, v) for k, v in value.entries.items()}, value.open)
    if isinstance(value, Object) and value.type_name.startswith("pandas."):
        return call.unknown("what the dataset holds is not known")
    if isinstance(value, Dataset):
        return value
    return tensor_of(call, value)


def each(element: Value, change: Callable[[Array], Value]) -> Value:
    """The same structure with every tensor changed; unknown parts stay."""
    if isinstance(element, tuple):
        return tuple(each(v, change) for v in element)
    if isinstance(element, DictValue):
        return DictValue({k: each(v, change) for k, v in element.entries.items()}, element.open)
    return change(element) if isinstance(element, Array) else element


def tensors(element: Value) -> list[Array]:
    """Every tensor of an element, in order."""
    if isinstance(element, tuple):
        return [t for v in element for t in tensors(v)]
    if isinstance(element, DictValue):
        return [t for v in element.entries.values() for t in tensors(v)]
    return [element] if isinstance(element, Array) else []


def reshaped(array: Array, shape: Shape, **changes: object) -> Array:
    """The same tensor in another shape: dtype, range and facts stay."""
    fresh = Array(
        shape, array.dtype, array.type_name, array.bits, array.low, array.high, array.one_hot, name=array.name, made=array.made,
        place=array.place, facts={k: v for k, v in array.facts.items() if not k.startswith("~")},
    )  # fmt: skip
    for name, value in changes.items():
        setattr(fresh, name, value)
    return fresh


def refuse_size(call: Call, size: Value, method: str) -> None:
    """A batch of 8.0 or "8" samples, which TensorFlow makes no integer of; of NumPy's floats it does."""
    if isinstance(size, (float, str)):
        what = f"the string {str(size)!r}" if isinstance(size, str) else f"the float {size}"
        first = call.arg_places[0] if method == "batch" and call.arg_places else None
        call.refuse(
            "count", "a whole number", what, f"Cannot convert {size} to EagerTensor of dtype int64", exception="TypeError",
            blamed=(call.kwarg_places.get("batch_size") or first,), argument="batch_size", value=size, method=method,
        )  # fmt: skip


def without_first(element: Value) -> Value:
    """One row of everything."""
    return each(element, lambda a: reshaped(a, a.shape.slice(1)))


def with_first(element: Value, axis: Dim) -> Value:
    """Everything stacked along a new first axis."""

    def front(array: Array) -> Array:
        shape = Shape((axis, *array.shape.dims)) if array.shape.dims is not None else UNKNOWN_SHAPE
        return reshaped(array, shape)

    return each(element, front)


def rows(element: Value) -> Dim | None:
    """The common size of the first axes; None when no tensor has a known rank."""
    sizes = [t.shape[0] for t in tensors(element) if t.shape.rank]
    exact = [s for s in sizes if s.exact is not None]
    return exact[0] if exact else sizes[0] if sizes else None


def either(call: Call, a: Value, b: Value) -> Value:
    """An element that may come from one of two datasets: what differs is not fixed."""
    if isinstance(a, tuple) and isinstance(b, tuple) and len(a) == len(b):
        return tuple(either(call, x, y) for x, y in zip(a, b))
    if isinstance(a, DictValue) and isinstance(b, DictValue) and a.entries.keys() == b.entries.keys():
        return DictValue({k: either(call, v, b.entries[k]) for k, v in a.entries.items()}, a.open or b.open)
    if isinstance(a, Array) and isinstance(b, Array):
        x, y = a.shape.dims, b.shape.dims
        if x is None or y is None or len(x) != len(y):
            return reshaped(a, UNKNOWN_SHAPE)
        dims = tuple(_either_size(d, e) for d, e in zip(x, y))
        return reshaped(
            a, Shape(dims), dtype=a.dtype if a.dtype == b.dtype else None, low=None, high=None, one_hot=None
        )
    return call.unknown("the datasets hold different things")


def _either_size(a: Dim, b: Dim) -> Dim:
    if a.is_none or b.is_none or same(a, b) is False:
        return NONE
    return a if same(a, b) else ANY


class _Now:
    """How many functions of datasets are being followed, one in another."""

    depth = 0


def in_map() -> bool:
    """Is a function followed that a dataset only traces now, and runs when data are taken from it?"""
    return _Now.depth > 0


def run(call: Call, function: Value, element: Value) -> Value:
    """`function(element)` as `map` calls it: a tuple is spread over the parameters, the result is a structure, a list that it is a tuple."""
    if function is None or isinstance(function, Unknown):
        return call.unknown("what the function gives is not known")
    arguments = list(element) if isinstance(element, tuple) else [element]
    _Now.depth += 1
    try:
        result = call.engine.call(function, arguments, place=call.place)
    finally:
        _Now.depth -= 1
    if isinstance(result, ListValue) and not result.open:
        result = tuple(result.items)
    return result if isinstance(result, Dataset) else structure(call, result)


def argument(call: Call, index: int, name: str, default: Value = None) -> Value:
    """One argument of a call by position or name."""
    if call.open and index >= len(call.args) and name not in call.kwargs:
        return call.unknown(f"`{name}` may come from a `*` or `**` argument that can't be seen")
    return call.args[index] if index < len(call.args) else call.kwargs.get(name, default)


def spec_shape(value: Value) -> Shape:
    """The shape that a TensorSpec or an `output_shapes` entry states: None is not fixed."""
    items = value.items if isinstance(value, ListValue) and not value.open else value
    if isinstance(items, Array) and items.type_name in ("tensorflow.TensorSpec", "tensorflow.TensorShape"):
        return items.shape
    if isinstance(items, (tuple, list)):
        return Shape(
            tuple(NONE if v is None else Dim.of(v) if is_known(v) or isinstance(v, Dim) else ANY for v in items)
        )
    return UNKNOWN_SHAPE
