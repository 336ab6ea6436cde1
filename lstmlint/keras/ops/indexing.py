"""Operations that pick: indexing and slicing, gathering, one-hot rows, the largest few."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...dims import ANY, Dim
from ...shapes import Shape, broadcast
from ...values import SliceValue, Unknown, is_int, to_dim
from ..spec import TensorSpec
from ..tensors import UNKNOWN_SPEC
from .elementwise import spec
from .performing import Compute, Conflict
from .reduction import axes_of


def index(a: Mapping[str, Any]) -> TensorSpec:
    """`x[key]`, with whole numbers, slices, None and `...`."""
    x, key = spec(a["x"]), a["key"]
    if x.shape.dims is None:
        return UNKNOWN_SPEC
    keys = list(key) if isinstance(key, tuple) else [key]
    taken = sum(1 for k in keys if k is not None and k is not ...)
    if taken > len(x.shape.dims) and all(k is None or k is ... or is_int(k) or isinstance(k, SliceValue) for k in keys):
        raise Conflict("rank", f"at most {len(x.shape.dims)} indices", str(taken))
    if any(k is ... for k in keys):
        at = next(i for i, k in enumerate(keys) if k is ...)
        keys[at : at + 1] = [SliceValue()] * (len(x.shape.dims) - taken)
    dims: list[Dim] = []
    rest = list(x.shape.dims)
    for k in keys:
        if k is None:
            dims.append(Dim(1))
            continue
        size = rest.pop(0)
        if is_int(k):
            if isinstance(k, int) and size.known is not None and not -size.known <= k < size.known:
                raise Conflict(
                    "index", f"an index between {-size.known} and {size.known - 1}", f"{int(k)} into {x.shape}"
                )
            continue
        if not isinstance(k, SliceValue):
            return UNKNOWN_SPEC
        dims.append(_sliced(size, k))
    return TensorSpec(Shape((*dims, *rest)), x.dtype)


def _sliced(size: Dim, key: SliceValue) -> Dim:
    if key.start is None and key.stop is None and key.step is None:
        return size
    parts = (key.start, key.stop, key.step)
    if not all(p is None or isinstance(p, int) for p in parts):
        return ANY if size.exact is not None or size.is_unknown else Dim(None)
    if size.known is not None:
        start, stop, step = (None if p is None else int(p) for p in parts)
        return Dim(len(range(size.known)[start:stop:step]), size.role)
    return Dim(None) if size.is_none else ANY


def take(a: Mapping[str, Any]) -> TensorSpec:
    x, indices, axis = spec(a["x"]), a["indices"], a.get("axis")
    if isinstance(indices, Unknown):
        return UNKNOWN_SPEC
    chosen = spec(indices)
    if axis is None:
        return TensorSpec(chosen.shape, x.dtype)
    if x.shape.dims is None or chosen.shape.dims is None or a.get("batch_dims"):
        return UNKNOWN_SPEC
    at = (axes_of(axis, len(x.shape.dims)) or [0])[0]
    return TensorSpec(Shape((*x.shape.dims[:at], *chosen.shape.dims, *x.shape.dims[at + 1 :])), x.dtype)


def gather(a: Mapping[str, Any]) -> TensorSpec:
    """`tf.gather`: like `take`, but without an axis it picks along the first one behind those that both share."""
    shared, axis = a.get("batch_dims", 0), a.get("axis")
    axis = shared if axis is None else axis
    if not shared:
        return take({**a, "axis": axis})
    x, chosen = spec(a["x"]), spec(a["indices"])
    ranks = (x.shape.rank, chosen.shape.rank)
    if ranks[0] is None or ranks[1] is None or not isinstance(axis, int) or not isinstance(shared, int):
        return UNKNOWN_SPEC
    at = axis % ranks[0] if ranks[0] else 0
    if not 0 < shared <= min(at, ranks[1]) or at >= ranks[0]:
        return UNKNOWN_SPEC
    dims = x.shape.dims or ()
    return TensorSpec(Shape((*dims[:at], *(chosen.shape.dims or ())[shared:], *dims[at + 1 :])), x.dtype)


def take_along_axis(a: Mapping[str, Any]) -> TensorSpec:
    """As many as there are indices along the axis; the others are broadcast (compute_take_along_axis_output_shape of Keras)."""
    x, indices, axis = spec(a["x"]), spec(a["indices"]), a.get("axis")
    ranks = (x.shape.rank, indices.shape.rank)
    if ranks[0] is None or ranks[0] != ranks[1] or not isinstance(axis, int) or not -ranks[0] <= axis < ranks[0]:
        return UNKNOWN_SPEC
    picked = x.shape.replace(axis, indices.shape.get(axis))
    return TensorSpec(broadcast(picked, indices.shape).shape, x.dtype)


def one_hot(a: Mapping[str, Any]) -> TensorSpec:
    x, classes, axis = spec(a["x"]), a["num_classes"], a.get("axis", -1)
    if axis is None or x.shape.dims is None:
        axis = -1
    if not isinstance(axis, int):
        return UNKNOWN_SPEC
    return TensorSpec(x.shape.insert(axis, to_dim(classes) if is_int(classes) else ANY), "float32")


def slice_from(a: Mapping[str, Any]) -> TensorSpec:
    """`slice(x, start, size)`; -1 is everything that is left."""
    x, sizes, starts = spec(a["x"]), a["shape"], a["start_indices"]
    if x.shape.dims is None or not isinstance(sizes, tuple) or not isinstance(starts, tuple):
        return UNKNOWN_SPEC
    dims = []
    for dim, start, size in zip(x.shape.dims, starts, sizes):
        if not is_int(size) or not is_int(start):
            dims.append(ANY)
        elif to_dim(size).known == -1:
            dims.append(dim if dim.is_none else dim - to_dim(start))
        else:
            dims.append(to_dim(size))
    return TensorSpec(Shape(tuple(dims)), x.dtype)


def top_k(a: Mapping[str, Any]) -> Any:
    x, k = spec(a["x"]), a["k"]
    if x.shape.dims is None or not is_int(k):
        return (UNKNOWN_SPEC, UNKNOWN_SPEC)
    shape = x.shape.replace(-1, to_dim(k))
    return (TensorSpec(shape, x.dtype), TensorSpec(shape, "int32"))


INDEXING_OPERATIONS: dict[str, tuple[str, Compute]] = {
    "take": ("x, indices, axis=None", take),
    "take_along_axis": ("x, indices, axis=None", take_along_axis),
    "one_hot": ("x, num_classes, axis=-1, dtype=None, sparse=False", one_hot),
    "slice": ("x, start_indices, shape", slice_from),
    "top_k": ("x, k, sorted=True", top_k),
    "get_item": ("x, key", index),
}
