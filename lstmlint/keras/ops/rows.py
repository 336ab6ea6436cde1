"""Picking and placing by index, mask and chance, as TensorFlow does: gather_nd, boolean_mask, scatter_nd, sequence_mask, random.categorical."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...dims import ANY, Dim
from ...shapes import Shape
from ...values import is_int, to_dim
from ..spec import TensorSpec
from ..tensors import UNKNOWN_SPEC
from .elementwise import same_shape_as, spec
from .performing import Compute, Conflict
from .shaping import sizes


def _by_indices(a: Mapping[str, Any]) -> TensorSpec:
    """gather_nd: indices (..., k) into x give (..., *x.shape[k:])."""
    x, indices = spec(a["x"]), _written(a["indices"])
    if x.shape.dims is None or not indices.shape.dims or a.get("batch_dims", 0) != 0:
        return UNKNOWN_SPEC
    depth = indices.shape[-1].known
    if depth is None:
        return UNKNOWN_SPEC
    if depth > len(x.shape.dims):
        raise Conflict("rank", f"indices of at most {len(x.shape.dims)} axes", str(depth))
    return TensorSpec(Shape((*indices.shape.dims[:-1], *x.shape.dims[depth:])), x.dtype)


def _by_mask(a: Mapping[str, Any]) -> TensorSpec:
    """boolean_mask: the mask's axes become one, of a size that only running it tells."""
    x, mask = spec(a["x"]), spec(a["mask"])
    if x.shape.dims is None or not mask.shape.dims or a.get("axis") not in (None, 0):
        return UNKNOWN_SPEC
    if len(mask.shape.dims) > len(x.shape.dims):
        raise Conflict("rank", f"a mask of at most {len(x.shape.dims)} axes", str(mask.shape))
    return TensorSpec(Shape((Dim(None), *x.shape.dims[len(mask.shape.dims) :])), x.dtype)


def _scattered(a: Mapping[str, Any]) -> TensorSpec:
    """scatter_nd: a tensor of the shape that is asked for."""
    shape = a["newshape"]
    return (
        TensorSpec(Shape(tuple(sizes(shape))), spec(a["updates"]).dtype) if isinstance(shape, tuple) else UNKNOWN_SPEC
    )


def _until(a: Mapping[str, Any]) -> TensorSpec:
    """sequence_mask: (..., maxlen), the greatest of the lengths where that isn't given."""
    lengths, most = spec(a["lengths"]), a.get("maxlen")
    if lengths.shape.dims is None:
        return UNKNOWN_SPEC
    size = Dim(None) if most is None else to_dim(most) if is_int(most) else ANY
    return TensorSpec(lengths.shape.extend(size), "bool")


def _drawn(a: Mapping[str, Any]) -> TensorSpec:
    """random.categorical: logits (batch, classes) give (batch, num_samples)."""
    x, count = spec(a["x"]), a["num_samples"]
    if x.shape.dims is None:
        return UNKNOWN_SPEC
    if len(x.shape.dims) != 2:
        raise Conflict("rank", "(batch, classes)", str(x.shape))
    return TensorSpec(Shape((x.shape[0], to_dim(count) if is_int(count) else ANY)), "int64")


def _written(value: Any) -> TensorSpec:
    """A tensor, or rows of numbers as they are written (`[[0, 1], [2, 0]]`)."""
    if not isinstance(value, tuple) or not any(isinstance(item, tuple) for item in value):
        return spec(value)
    rows = [_written(item) for item in value]
    alike = rows[0].shape.dims is not None and len({str(row.shape) for row in rows}) == 1
    return TensorSpec(rows[0].shape.insert(0, len(rows)), None) if alike else UNKNOWN_SPEC


ROWS: dict[str, tuple[str, Compute]] = {
    "gather_nd": ("x, indices, batch_dims=0, name=None", _by_indices),
    "boolean_mask": ("x, mask, axis=None, name=None", _by_mask),
    "scatter_nd": ("indices, updates, newshape, name=None", _scattered),
    **dict.fromkeys(
        (f"tensor_scatter_nd_{how}" for how in ("update", "add", "sub", "max", "min")),
        ("x, indices, updates, name=None", same_shape_as),
    ),
    "sequence_mask": ("lengths, maxlen=None, dtype=None, name=None", _until),
    "random.categorical": ("x, num_samples, dtype=None, seed=None, name=None", _drawn),
}
