"""The steps of a pipeline: each takes a dataset and gives one whose elements are known from it."""

from __future__ import annotations

from ...dims import ANY, NONE, Dim, less, same
from ...knowledge import Call, function, method
from ...shapes import UNKNOWN_SHAPE, Shape
from ...values import Array, Dataset, DictValue, External, Value, is_int, is_known, to_dim
from ..bridge import items_of
from ..numpy.arrays import size_of
from .elements import (
    DATASET,
    TENSOR,
    argument,
    either,
    make_dataset,
    refuse_size,
    reshaped,
    run,
    spec_shape,
    structure,
    tensors,
    with_first,
    without_first,
)  # fmt: skip


def _own(call: Call) -> Dataset | None:
    return call.receiver if isinstance(call.receiver, Dataset) else None


def _same(call: Call, own: Dataset, cardinality: Dim | None, **facts: object) -> Dataset:
    return make_dataset(
        call, own.element, own.batched, batch_size=own.batch_size, cardinality=cardinality, facts={**own.facts, **facts}
    )


@method(*(f"{DATASET}.{n}" for n in ("prefetch", "cache", "with_options", "shuffle", "snapshot", "options", "save")))
def keeps(call: Call) -> Value:
    """Steps that keep what an element is and how many there are."""
    own, short = _own(call), call.name.rpartition(".")[2]
    if own is None or short in ("options", "save"):
        return call.unknown("it is not followed") if short != "save" else None
    return _same(call, own, own.cardinality, **({"shuffled": True} if short == "shuffle" else {}))


@method(f"{DATASET}.repeat")
def repeat(call: Call) -> Value:
    """repeat(count): as many elements times the count; without a count, endless."""
    own, count = _own(call), argument(call, 0, "count")
    if own is None:
        return call.unknown("the dataset is not known")
    if count is None or (isinstance(count, int) and count < 0):
        return _same(call, own, None, endless=True)
    total = own.cardinality * to_dim(count) if own.cardinality is not None and is_int(count) else None
    return _same(call, own, total)


@method(f"{DATASET}.take", f"{DATASET}.skip", f"{DATASET}.shard", f"{DATASET}.take_while", f"{DATASET}.filter", f"{DATASET}.unique",
        f"{DATASET}.ignore_errors", f"{DATASET}.rejection_resample")  # fmt: skip
def fewer(call: Call) -> Value:
    """Steps that keep some of the elements."""
    own, short = _own(call), call.name.rpartition(".")[2]
    if own is None or short == "rejection_resample":
        return call.unknown("the dataset is not known")
    if short in ("filter", "take_while"):
        run(call, argument(call, 0, "predicate"), own.element)
        return _same(call, own, None)
    count, total = argument(call, 0, "count"), own.cardinality
    sure = is_int(count) and (isinstance(count, int) or less(to_dim(count).exact or 0, 0) is False)
    left: Dim | None = None
    if short == "take" and sure:
        negative = isinstance(count, int) and count < 0
        left = total if negative else to_dim(count).minimum(total) if total is not None else None
        if total is None and own.facts.get("endless") and not negative:
            left = to_dim(count)
    elif short == "skip" and sure and total is not None:
        left = Dim(0) if isinstance(count, int) and count < 0 else (total - to_dim(count)).maximum(0)
    result = _same(call, own, left)
    if short == "take":
        result.facts.pop("endless", None)
        result.facts["taken"] = count
    return result


@method(f"{DATASET}.batch", f"{DATASET}.padded_batch", f"{DATASET}.ragged_batch", f"{DATASET}.rebatch")
def batch(call: Call) -> Value:
    """Elements get a batch axis, whose size is fixed only with drop_remainder."""
    own, short = _own(call), call.name.rpartition(".")[2]
    if own is None:
        return call.unknown("the dataset is not known")
    refuse_size(call, argument(call, 0, "batch_size"), short)
    padded = short == "padded_batch"
    dropped = argument(call, 3 if padded else 1, "drop_remainder", False)
    size = size_of(argument(call, 0, "batch_size"))
    axis = size if dropped is True else NONE if dropped is False else ANY
    element = own.element
    if short == "ragged_batch":
        return call.unknown("ragged batches are not followed")
    if short == "rebatch":
        element = without_first(element)
    shapes = argument(call, 1, "padded_shapes") if padded else None
    if padded:
        element = _padded(call, element, shapes)
    count: Dim | None = None
    fixed = size.exact is not None and size.known != 0
    if own.cardinality is not None and fixed and short != "rebatch" and dropped in (True, False):
        count = own.cardinality // size if dropped else own.cardinality.ceildiv(size)
    facts = {k: v for k, v in own.facts.items() if k in ("shuffled", "endless", "unfixed")}
    if "window" in own.facts and dropped is False and same(size, own.cardinality):
        axis, facts["unfixed"] = size, True  # one batch, and a full one; TensorFlow only knows it when it runs
    return make_dataset(call, with_first(element, axis), True, batch_size=size, cardinality=count, facts=facts)


def _padded(call: Call, element: Value, shapes: Value) -> Value:
    """Elements before they are stacked, padded: an axis that isn't fixed is as long as the longest of its batch."""
    if isinstance(element, tuple):
        parts = items_of(call, shapes) if isinstance(shapes, tuple) and len(shapes) == len(element) else None
        return tuple(_padded(call, v, parts[i] if parts is not None else None) for i, v in enumerate(element))
    if isinstance(element, DictValue):
        inner = shapes.entries if isinstance(shapes, DictValue) else {}
        return DictValue({k: _padded(call, v, inner.get(k)) for k, v in element.entries.items()}, element.open)
    if not isinstance(element, Array):
        return element
    if shapes is None:
        return element
    stated = spec_shape(shapes)
    if stated.dims is None or element.shape.rank not in (None, len(stated.dims)):
        return reshaped(element, Shape.any(element.shape.rank) if element.shape.rank is not None else UNKNOWN_SHAPE)
    own = element.shape.dims or (NONE,) * len(stated.dims)
    return reshaped(element, Shape(tuple(d if s.is_none else s for s, d in zip(stated.dims, own))))


@method(f"{DATASET}.unbatch")
@function("tensorflow.data.experimental.unbatch")
def unbatch(call: Call) -> Value:
    """One element for each row of a batch."""
    own = _own(call)
    if own is None:
        return call.unknown("the dataset is not known")
    sizes = [t.shape[0] for t in tensors(own.element) if t.shape.rank]
    fixed = next((s for s in sizes if s.exact is not None), None)
    count = own.cardinality * fixed if own.cardinality is not None and fixed is not None else None
    return make_dataset(call, without_first(own.element), False, cardinality=count, facts=dict(own.facts))


@method(f"{DATASET}.map")
def map_(call: Call) -> Value:
    """map(function): the function is followed with one element."""
    own = _own(call)
    if own is None:
        return call.unknown("the dataset is not known")
    element = run(call, argument(call, 0, "map_func"), own.element)
    return make_dataset(
        call, element, own.batched, batch_size=own.batch_size, cardinality=own.cardinality, facts=dict(own.facts)
    )


@method(f"{DATASET}.flat_map", f"{DATASET}.interleave")
@function("tensorflow.data.experimental.parallel_interleave")
def flat_map(call: Call) -> Value:
    """flat_map(function): the function gives a dataset for each element; the result is all of their elements."""
    own = _own(call)
    if own is None:
        return call.unknown("the dataset is not known")
    given = argument(call, 0, "map_func")
    if isinstance(given, External) and given.name.startswith("tensorflow.data."):
        inner = call.engine.call(given, [own.element], place=call.place)
    else:
        inner = run(call, given, own.element)
    if not isinstance(inner, Dataset):
        return make_dataset(call, call.unknown("what the function gives is not known"), None)
    count = own.cardinality if same(inner.cardinality, 1) else None
    inner.facts.pop("window", None)
    return make_dataset(
        call, inner.element, inner.batched, batch_size=inner.batch_size, cardinality=count, facts=dict(inner.facts)
    )


@method(f"{DATASET}.window")
def window(call: Call) -> Value:
    """window(size, shift, stride, drop_remainder): every component becomes a small dataset."""
    own = _own(call)
    if own is None:
        return call.unknown("the dataset is not known")
    size = to_dim(argument(call, 0, "size"))
    shift, stride = argument(call, 1, "shift"), argument(call, 2, "stride", 1)
    dropped = argument(call, 3, "drop_remainder", False) is True
    count: Dim | None = None
    step = size if shift is None else to_dim(shift)
    if (
        own.cardinality is not None
        and dropped
        and size.exact is not None
        and step.exact is not None
        and is_known(stride)
    ):
        count = (own.cardinality - (size - 1) * int(stride) - 1) // step + 1
        count = count.maximum(0)
    inner_count = size if dropped and size.exact is not None else None

    def small(element: Value) -> Value:
        if isinstance(element, tuple):
            return tuple(small(v) for v in element)
        if isinstance(element, DictValue):
            return DictValue({k: small(v) for k, v in element.entries.items()}, element.open)
        facts = {"window": size} if dropped else {}
        return make_dataset(call, element, own.batched, batch_size=own.batch_size, cardinality=inner_count, facts=facts)

    return make_dataset(call, small(own.element), None, cardinality=count)


@method(f"{DATASET}.enumerate")
def enumerate_(call: Call) -> Value:
    """(index, element)"""
    own = _own(call)
    if own is None:
        return call.unknown("the dataset is not known")
    index = Array(Shape(()), "int", TENSOR, 64, place=call.place)
    return make_dataset(call, (index, own.element), own.batched, cardinality=own.cardinality, facts=dict(own.facts))


@method(f"{DATASET}.concatenate")
def concatenate(call: Call) -> Value:
    """One dataset after the other."""
    own, other = _own(call), argument(call, 0, "dataset")
    if own is None or not isinstance(other, Dataset):
        return call.unknown("one of the datasets is not known")
    total = (
        own.cardinality + other.cardinality if own.cardinality is not None and other.cardinality is not None else None
    )
    size = own.batch_size if own.batch_size is not None and same(own.batch_size, other.batch_size) else None
    element = either(call, own.element, other.element)
    return make_dataset(
        call, element, own.batched if own.batched == other.batched else None, batch_size=size, cardinality=total
    )


@method(f"{DATASET}.apply")
def apply(call: Call) -> Value:
    """apply(function): the function takes the dataset itself."""
    given = argument(call, 0, "transformation_func")
    return call.engine.call(given, [call.receiver], place=call.place)


@method(f"{DATASET}.scan", f"{DATASET}.reduce", f"{DATASET}.group_by_window", f"{DATASET}.bucket_by_sequence_length",
        f"{DATASET}.sparse_batch")  # fmt: skip
def opaque(call: Call) -> Value:
    """Steps whose result is not followed."""
    own, short = _own(call), call.name.rpartition(".")[2]
    if own is None or short in ("reduce", "scan", "group_by_window", "sparse_batch"):
        return call.unknown(f"what {short}() gives is not followed")
    element = with_first(own.element, NONE)
    unfixed = structure(call, element)
    return make_dataset(call, unfixed, True)
