"""Layers sized by their result or adapted to data: adaptive pooling, `Dot` and `Normalization`."""

from __future__ import annotations

from typing import Any

from ...dims import Dim, same
from ...shapes import UNKNOWN_SHAPE, Shape
from ...values import ListValue, Value, Weight, is_int
from ..spec import LayerFunction, Outcome, Use, layer
from .convolution import axes, sizes


def _adaptive(rank: int) -> LayerFunction:
    def run(use: Use) -> Outcome:
        x = use.tensor
        found = axes(use, rank)
        if x.shape.rank != rank + 2 or found is None:
            return Outcome(x.with_shape(UNKNOWN_SHAPE), mask="lose")
        shape = x.shape
        for axis, size in zip(found[0], sizes(use, "output_size", rank)):
            shape = shape.replace(axis, size)
        return Outcome(x.with_shape(shape), mask="lose")

    return run


for _rank in (1, 2, 3):
    layer(f"keras.layers.AdaptiveAveragePooling{_rank}D", f"keras.layers.AdaptiveMaxPooling{_rank}D")(_adaptive(_rank))


@layer("keras.layers.Dot")
def dot(use: Use) -> Outcome:
    found, given = use.tensors, use.value("axes")
    items = given.items if isinstance(given, ListValue) else given
    pair: list[Any] = [items, items] if is_int(items) else list(items) if isinstance(items, (tuple, list)) else []
    unknown = Outcome(use.tensor.with_shape(UNKNOWN_SHAPE), mask="lose")
    if len(found) != 2 or len(pair) != 2 or not all(is_int(a) for a in pair):
        return unknown
    rows: list[list[Dim]] = []
    for tensor, axis in zip(found, pair):
        rank = tensor.shape.rank
        if rank is None or not -rank <= axis < rank or axis % rank == 0:
            return unknown
        rows.append([d for i, d in enumerate(tensor.shape) if i != axis % rank])
    if same(found[0].shape[pair[0]], found[1].shape[pair[1]]) is False:
        return unknown
    made = [*rows[0], *rows[1][1:]]
    return Outcome(use.tensor.with_shape(Shape.from_sizes(made if len(made) > 1 else [*made, 1])), mask="lose")


@layer("keras.layers.Normalization")
def normalization(use: Use) -> Outcome:
    x, axis = use.tensor, use.value("axis", -1)
    if not (axis is None or is_int(axis)):
        return Outcome(x.with_shape(UNKNOWN_SHAPE), weights_unknown="its axes are not known", mask="lose")
    kept = Shape.of() if axis is None else Shape.of(x.shape.get(axis))
    mean = use.value("mean")
    if mean is not None:  # statistics that are given are constants, no weights
        sizes = [Dim(1), *kept] if isinstance(mean, (ListValue, tuple)) else []
        if isinstance(mean, (int, float)) or any(same(Dim(_count(mean)), size) for size in sizes):
            return Outcome(x, mask="lose")
        return Outcome(x.with_shape(UNKNOWN_SHAPE), mask="lose")
    weights = [
        Weight("mean", kept, False),
        Weight("variance", kept, False),
        Weight("count", Shape.of(), False, "int32"),
    ]
    return Outcome(x, weights, mask="lose")


def _count(row: ListValue | tuple[Value, ...]) -> int:
    """The numbers in a flat row; none where it is nested or not wholly known."""
    items = row.items if isinstance(row, ListValue) and not row.open else row if isinstance(row, tuple) else ()
    return len(items) if all(isinstance(item, (int, float)) for item in items) else 0
