"""`tf.data`: what one element of a dataset is, through slicing, batching and the steps that keep it."""

from __future__ import annotations

from typing import Any

from ..dims import ANY, NONE, Dim
from ..knowledge import Call, base, function, method
from ..shapes import UNKNOWN_SHAPE, Shape
from ..values import Array, Dataset, DictValue, Made, Value
from .numpy.arrays import as_array, size_of

NAME = "tensorflow.data.Dataset"
base(NAME, "builtins.object")


def _each(call: Call, element: Value, change: Any) -> Value:
    if isinstance(element, tuple):
        return tuple(_each(call, v, change) for v in element)
    if isinstance(element, DictValue):
        return DictValue({k: _each(call, v, change) for k, v in element.entries.items()}, element.open)
    array = as_array(call, element)
    if array is None:
        return call.unknown("what the dataset holds is not known")
    return Array(
        change(array.shape),
        array.dtype,
        bits=array.bits,
        low=array.low,
        high=array.high,
        made=Made(call.name, (array,), call.place),
    )


@function(f"{NAME}.from_tensor_slices")
def from_tensor_slices(call: Call) -> Value:
    """One element for each row."""
    source = call.args[0] if call.args else None
    return Dataset(_each(call, source, lambda s: s.slice(1)), batched=False, place=call.place)


@method(f"{NAME}.batch")
def batch(call: Call) -> Value:
    """Elements get a batch axis, whose size is fixed only with drop_remainder."""
    own = call.receiver
    given = call.args[0] if call.args else call.kwargs.get("batch_size")
    if not isinstance(own, Dataset):
        return call.unknown("the dataset is not known")
    dropped = call.kwargs.get("drop_remainder", call.args[1] if len(call.args) > 1 else False)
    size = size_of(given)
    axis: Dim = size if dropped is True else NONE if dropped is False else ANY

    def front(shape: Shape) -> Shape:
        return Shape((axis, *shape.dims)) if shape.dims is not None else UNKNOWN_SHAPE

    return Dataset(_each(call, own.element, front), True, size, place=call.place)


@method(*(f"{NAME}.{n}" for n in ("shuffle", "prefetch", "cache", "take", "skip", "repeat", "with_options", "shard")))
def keeps(call: Call) -> Value:
    """Steps that keep what an element is."""
    own = call.receiver
    if not isinstance(own, Dataset):
        return call.unknown("the dataset is not known")
    return Dataset(own.element, own.batched, own.batch_size, place=call.place)
