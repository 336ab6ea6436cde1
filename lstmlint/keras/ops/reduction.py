"""Reductions: one value for all elements, or along some axes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...dims import Dim
from ...shapes import UNKNOWN_SHAPE, Shape
from ...values import Unknown
from ..spec import TensorSpec
from ..tensors import UNKNOWN_SPEC
from .elementwise import spec
from .performing import Compute, Conflict


def axes_of(value: Any, rank: int) -> list[int] | None:
    """The axes that an argument names, counted from 0; None for all. ValueError when they aren't known."""
    if isinstance(value, bool) or value is None:
        return None
    items = value if isinstance(value, tuple) else (value,)
    if not all(isinstance(i, int) for i in items):
        raise ValueError("the axis is not known")
    if any(not -rank <= i < rank for i in items):
        raise Conflict("axis", f"an axis below {rank}", ", ".join(str(i) for i in items))
    return [i % rank for i in items]


def reduce(a: Mapping[str, Any]) -> TensorSpec:
    x = spec(a["x"])
    keep = a.get("keepdims", False)
    axis = a.get("axis")
    if isinstance(axis, Unknown) or isinstance(keep, Unknown):
        return UNKNOWN_SPEC
    if x.shape.dims is None:
        return TensorSpec(Shape(()) if axis is None and not keep else UNKNOWN_SHAPE, x.dtype)
    axes = axes_of(axis, len(x.shape.dims))
    if axes is None:
        axes = list(range(len(x.shape.dims)))
    dims = [Dim(1) if i in axes else d for i, d in enumerate(x.shape.dims) if keep or i not in axes]
    return TensorSpec(Shape(tuple(dims)), x.dtype)


def reduce_to_floats(a: Mapping[str, Any]) -> TensorSpec:
    """What Keras calculates in floats, whatever it is given."""
    found = reduce(a)
    kept = found.dtype is None or found.dtype.startswith(("float", "bfloat", "complex"))
    return TensorSpec(found.shape, found.dtype if kept else "float32")


def reduce_to_truth(a: Mapping[str, Any]) -> TensorSpec:
    """Whether any of the values is true, or all of them are."""
    return TensorSpec(reduce(a).shape, "bool")


def moments(a: Mapping[str, Any]) -> Any:
    one = reduce({**a, "axis": a["axes"]})
    return (one, one)


def argument(a: Mapping[str, Any]) -> TensorSpec:
    return TensorSpec(reduce(a).shape, "int32")


REDUCTIONS = (
    "mean",
    "sum",
    "max",
    "min",
    "amax",
    "amin",
    "prod",
    "std",
    "var",
    "any",
    "all",
    "median",
    "logsumexp",
    "count_nonzero",
    "nanmean",
    "nansum",
    "nanmax",
    "nanmin",
    "nanprod",
    "nanstd",
    "nanvar",
    "nanmedian",
    "ptp",
)

_OF_FLOATS = ("mean", "std", "var", "median", "nanmean", "nanstd", "nanvar", "nanmedian")

REDUCTION_OPERATIONS: dict[str, tuple[str, Compute]] = {
    **dict.fromkeys(REDUCTIONS, ("x, axis=None, keepdims=False, **options", reduce)),
    **dict.fromkeys(("argmax", "argmin", "nanargmax", "nanargmin"), ("x, axis=None, keepdims=False", argument)),
    "logsumexp": ("x, axis=None, keepdims=False", reduce),
    **dict.fromkeys(("any", "all"), ("x, axis=None, keepdims=False", reduce_to_truth)),
    "count_nonzero": ("x, axis=None", argument),
    **dict.fromkeys(_OF_FLOATS, ("x, axis=None, keepdims=False, **options", reduce_to_floats)),
    "average": ("x, axis=None, weights=None", reduce_to_floats),
    "norm": ("x, ord=None, axis=None, keepdims=False", reduce_to_floats),
    "moments": ("x, axes, keepdims=False, synchronized=False", moments),
}
