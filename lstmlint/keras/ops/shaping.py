"""Operations that rearrange: reshape, transpose, join, split, repeat, pad."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

from ...dims import ANY, Dim, is_left_to_calculate, product, same
from ...shapes import UNKNOWN_SHAPE, Shape
from ...values import ListValue, Unknown, is_int, to_dim
from ..inside import inside_call
from ..spec import TensorSpec
from ..tensors import UNKNOWN_SPEC
from .elementwise import spec
from .performing import Compute, Conflict
from .reduction import axes_of

MOST_PARTS = 200
"""No operation gives more tensors than this to the program."""


def sizes(value: Any) -> list[Dim]:
    """A row of sizes; a tensor among them (`tf.shape(x)[0]`) is a size that is not fixed."""
    items = value if isinstance(value, tuple) else (value,)
    return [to_dim(v) if v is None or is_int(v) else Dim(None) if _is_scalar(v) else ANY for v in items]


def _is_scalar(value: Any) -> bool:
    return isinstance(value, TensorSpec) and value.shape.rank == 0


def reshape(a: Mapping[str, Any]) -> TensorSpec:
    x, target = spec(a["x"]), a["newshape"]
    if isinstance(target, (Unknown, TensorSpec, ListValue)):  # a list that isn't known to its end is left a list
        return UNKNOWN_SPEC
    dims = sizes(target)
    free = [i for i, d in enumerate(dims) if is_left_to_calculate(d)]
    total = x.shape.size()
    rest = product(d for i, d in enumerate(dims) if i not in free)
    if len(free) == 1:
        i = free[0]
        if total.exact is not None and rest.exact is not None and rest.known != 0:
            if total.known is not None and rest.known is not None and total.known % rest.known:
                raise Conflict("reshape", f"a size that {rest.known} divides", str(x.shape))
            dims[i] = total // rest
        else:
            input_open = x.shape.dims is not None and any(d.is_none for d in x.shape.dims) and rest.exact is not None
            none = input_open or any(d.is_none for d in dims)
            dims[i] = Dim(None) if none else ANY
    elif not free and same(total, rest) is False:
        raise Conflict("reshape", f"{total} elements", str(Shape(tuple(dims))))
    return TensorSpec(Shape(tuple(dims)), x.dtype)


def _parts(a: Mapping[str, Any], name: str) -> list[TensorSpec]:
    return [spec(v) for v in a[name]]


def concatenate(a: Mapping[str, Any]) -> TensorSpec:
    parts, axis = _parts(a, "xs"), a.get("axis", -1)
    if not is_int(axis) or isinstance(axis, Dim) or not parts or any(p.shape.dims is None for p in parts):
        return UNKNOWN_SPEC
    if len({p.shape.rank for p in parts}) != 1:
        raise Conflict("rank", "tensors of the same rank", " and ".join(str(p.shape) for p in parts))
    rank = len(parts[0].shape)
    if not -rank <= axis < rank:
        raise Conflict("axis", f"an axis below {rank}", str(axis))
    at = axis % rank
    dims: list[Dim] = []
    for i in range(rank):
        column = [p.shape[i] for p in parts]
        dims.append(_together(column, i, parts, a) if i != at else _sum(column))
    return TensorSpec(Shape(tuple(dims)), parts[0].dtype)


def side_by_side(axis: int) -> Compute:
    """`hstack` and `vstack` of what has two axes or more; fewer are brought to that in other ways with data than without."""

    def compute(a: Mapping[str, Any]) -> TensorSpec:
        parts = _parts(a, "xs")
        if any(part.shape.rank is None or part.shape.rank < 2 for part in parts):
            return UNKNOWN_SPEC
        return concatenate({"xs": a["xs"], "axis": axis})

    return compute


def joined(compute: Compute) -> Compute:
    """TensorFlow's own joining: a size that one part fixes is fixed in the result (Keras takes the first part's)."""
    return lambda a: compute({**a, "~merge": True})


def _sum(column: list[Dim]) -> Dim:
    total = column[0]
    for dim in column[1:]:
        total = total + dim
    return total


def _together(column: list[Dim], axis: int, parts: list[TensorSpec], a: Mapping[str, Any]) -> Dim:
    for i, one in enumerate(column):
        if any(same(one, other) is False for other in column[i + 1 :]):
            raise Conflict("axis-size", f"the same size in axis {axis}", " and ".join(str(p.shape) for p in parts))
    return next((d for d in column if d.exact is not None), column[0]) if a.get("~merge") else column[0]


def stack(a: Mapping[str, Any]) -> TensorSpec:
    parts, axis = _parts(a, "x"), a.get("axis", 0)
    if not isinstance(axis, int) or not parts or any(p.shape.dims is None for p in parts):
        return UNKNOWN_SPEC
    if len({p.shape.rank for p in parts}) != 1:
        raise Conflict("rank", "tensors of the same shape", " and ".join(str(p.shape) for p in parts))
    rank = len(parts[0].shape)
    if not -rank - 1 <= axis <= rank:
        raise Conflict("axis", f"an axis up to {rank}", str(axis))
    dims = [_together([p.shape[i] for p in parts], i, parts, a) for i in range(rank)]
    return TensorSpec(Shape(tuple(dims)).insert(axis, len(parts)), parts[0].dtype)


def unstack(a: Mapping[str, Any]) -> Any:
    x, axis = spec(a["x"]), a.get("axis", 0)
    count = x.shape.get(axis).known
    if count is None and is_int(a.get("num")):
        count = to_dim(a["num"]).known
    if count is None or count > MOST_PARTS:
        return UNKNOWN_SPEC
    return tuple(TensorSpec(x.shape.remove(axis), x.dtype) for _ in range(count))


def expand_dims(a: Mapping[str, Any]) -> TensorSpec:
    x, axis = spec(a["x"]), a["axis"]
    if x.shape.dims is None:
        return x
    axes = axis if isinstance(axis, tuple) else (axis,)
    if not all(isinstance(one, int) for one in axes):
        return UNKNOWN_SPEC
    rank = len(x.shape.dims) + len(axes)
    if any(not -rank <= one < rank for one in axes):
        raise Conflict("axis", f"an axis up to {rank - 1}", ", ".join(str(one) for one in axes))
    new = {one % rank for one in axes}
    if len(new) != len(axes):
        return UNKNOWN_SPEC
    old = iter(x.shape.dims)
    return TensorSpec(Shape(tuple(Dim(1) if i in new else next(old) for i in range(rank))), x.dtype)


def squeeze(a: Mapping[str, Any]) -> TensorSpec:
    x, axis = spec(a["x"]), a.get("axis")
    if x.shape.dims is None:
        return UNKNOWN_SPEC
    if axis is None:
        if any(d.known is None and (not d.is_none or inside_call()) for d in x.shape.dims):
            return UNKNOWN_SPEC  # TensorFlow doesn't know the rank of it then
        return TensorSpec(Shape(tuple(d for d in x.shape.dims if d.known != 1)), x.dtype)
    axes = axes_of(axis, len(x.shape.dims)) or []
    for i in axes:
        if same(x.shape[i], Dim(1)) is False:
            raise Conflict("axis-size", f"size 1 in axis {i}", str(x.shape))
    return TensorSpec(Shape(tuple(d for i, d in enumerate(x.shape.dims) if i not in axes)), x.dtype)


def squeeze_fixed(a: Mapping[str, Any]) -> TensorSpec:
    """Keras's own squeezing: an axis that is named must be fixed, at 1."""
    x, axis = spec(a["x"]), a.get("axis")
    if x.shape.dims is not None and axis is not None:
        open_ = [i for i in axes_of(axis, len(x.shape.dims)) or [] if x.shape[i].is_none]
        if open_:
            raise Conflict("axis-size", f"size 1 in axis {open_[0]}", str(x.shape))
    return squeeze(a)


def transpose(a: Mapping[str, Any]) -> TensorSpec:
    x, axes = spec(a["x"]), a.get("axes")
    if x.shape.dims is None or isinstance(axes, Unknown):
        return UNKNOWN_SPEC
    rank = len(x.shape.dims)
    order = list(axes) if isinstance(axes, tuple) else list(reversed(range(rank)))
    if not all(isinstance(i, int) for i in order):
        return UNKNOWN_SPEC
    if len(order) != rank:
        raise Conflict("axis", f"{rank} axes", str(tuple(order)))
    if len({i % rank for i in order}) < rank and all(-rank <= i < rank for i in order):
        raise Conflict("axis", f"each of the {rank} axes once", str(tuple(order)))
    return TensorSpec(Shape(tuple(x.shape.dims[i] for i in order)), x.dtype)


def swapaxes(a: Mapping[str, Any]) -> TensorSpec:
    x = spec(a["x"])
    if x.shape.dims is None:
        return UNKNOWN_SPEC
    dims = list(x.shape.dims)
    i, j = a["axis1"], a["axis2"]
    outside = [one for one in (i, j) if isinstance(one, int) and not -len(dims) <= one < len(dims)]
    if outside:
        raise Conflict("axis", f"an axis below {len(dims)}", str(outside[0]))
    dims[i], dims[j] = dims[j], dims[i]
    return TensorSpec(Shape(tuple(dims)), x.dtype)


def moveaxis(a: Mapping[str, Any]) -> TensorSpec:
    x = spec(a["x"])
    if x.shape.dims is None:
        return UNKNOWN_SPEC
    rank = len(x.shape.dims)
    source, destination = axes_of(a["source"], rank) or [], axes_of(a["destination"], rank) or []
    order = [i for i in range(rank) if i not in source]
    for target, one in sorted(zip(destination, source)):
        order.insert(target, one)
    return TensorSpec(Shape(tuple(x.shape.dims[i] for i in order)), x.dtype)


def repeat(a: Mapping[str, Any]) -> TensorSpec:
    x, repeats, axis = spec(a["x"]), a["repeats"], a.get("axis")
    if not is_int(repeats) or x.shape.dims is None:
        return UNKNOWN_SPEC
    if axis is None:
        return TensorSpec(Shape((x.shape.size() * to_dim(repeats),)), x.dtype)
    shape = x.shape if x.shape.dims else Shape((Dim(1),))  # a number is a row of one
    at = (axes_of(axis, len(shape)) or [0])[0]
    return TensorSpec(shape.replace(at, shape[at] * to_dim(repeats)), x.dtype)


def tile(a: Mapping[str, Any]) -> TensorSpec:
    x, repeats = spec(a["x"]), a["repeats"]
    if is_int(repeats):
        repeats = (repeats,)
    if x.shape.dims is None or not isinstance(repeats, tuple):
        return UNKNOWN_SPEC
    times, dims = sizes(repeats), list(x.shape.dims)
    times = [Dim(1)] * (len(dims) - len(times)) + times
    dims = [Dim(1)] * (len(times) - len(dims)) + dims
    return TensorSpec(Shape(tuple(d if r.known == 1 else d * r for d, r in zip(dims, times))), x.dtype)


def split(a: Mapping[str, Any]) -> Any:
    x, sections, axis = spec(a["x"]), a["indices_or_sections"], a.get("axis", 0)
    if not isinstance(axis, int) or x.shape.dims is None:
        return UNKNOWN_SPEC
    at = (axes_of(axis, len(x.shape.dims)) or [0])[0]
    size = x.shape[at]
    if isinstance(sections, tuple):
        return _split_at(x, sections, at, sized=bool(a.get("~sizes")))
    if not isinstance(sections, int) or not 0 < sections <= MOST_PARTS:
        return UNKNOWN_SPEC
    if size.known is not None and size.known % sections:
        raise Conflict("axis-size", f"a size that {sections} divides in axis {at}", str(x.shape))
    part = size // sections if size.exact is not None else size
    return tuple(TensorSpec(x.shape.replace(at, part), x.dtype) for _ in range(sections))


def _split_at(x: TensorSpec, places: tuple[Any, ...], at: int, *, sized: bool) -> Any:
    """Split at indices, or (`sized`) into parts of these sizes."""
    if not all(isinstance(p, int) for p in places) or len(places) > MOST_PARTS:
        return UNKNOWN_SPEC
    if sized:
        if any(p < 0 for p in places):
            return tuple(TensorSpec(x.shape.replace(at, ANY if p < 0 else p), x.dtype) for p in places)
        return tuple(TensorSpec(x.shape.replace(at, p), x.dtype) for p in places)
    total = x.shape[at].known
    if total is None:
        return UNKNOWN_SPEC
    bounds = [0, *(min(p if p >= 0 else p + total, total) for p in places), total]
    return tuple(TensorSpec(x.shape.replace(at, max(0, b - s)), x.dtype) for s, b in itertools.pairwise(bounds))


def split_sizes(a: Mapping[str, Any]) -> Any:
    """`tf.split`: a number of equal parts, or the parts' sizes."""
    return split({**a, "indices_or_sections": a["num_or_size_splits"], "~sizes": True})


def pad(a: Mapping[str, Any]) -> TensorSpec:
    x, width = spec(a["x"]), a["pad_width"]
    if x.shape.dims is None or isinstance(width, (Unknown, TensorSpec, ListValue)):
        return UNKNOWN_SPEC
    rank = len(x.shape.dims)
    if is_int(width):
        width = ((width, width),) * rank
    if isinstance(width, tuple) and len(width) == 2 and all(is_int(w) for w in width):
        width = (width,) * rank
    if isinstance(width, tuple) and len(width) == 1:
        width = width * rank
    if not isinstance(width, tuple) or len(width) != rank:
        raise Conflict("axis", f"padding for {rank} axes", str(width))
    dims = []
    for dim, pair in zip(x.shape.dims, width):
        before, after = sizes(pair)
        dims.append(dim if dim.is_none else dim + before + after)
    return TensorSpec(Shape(tuple(dims)), x.dtype)


def broadcast_to(a: Mapping[str, Any]) -> TensorSpec:
    x, target = spec(a["x"]), a["newshape"]
    if not isinstance(target, tuple):
        return UNKNOWN_SPEC
    made = Shape(tuple(sizes(target)))
    together = list(zip(reversed(x.shape.dims or ()), reversed(made.dims or ())))
    if any(same(mine, its) is False and same(mine, 1) is False and same(its, 1) is False for mine, its in together):
        raise Conflict("broadcast", f"a shape that {x.shape} can be broadcast to", str(made))
    return TensorSpec(made, x.dtype)


def ravel(a: Mapping[str, Any]) -> TensorSpec:
    x = spec(a["x"])
    return TensorSpec(Shape((x.shape.size(),)) if x.shape.dims is not None else UNKNOWN_SHAPE, x.dtype)


def cumulative(a: Mapping[str, Any]) -> TensorSpec:
    """Sums or products so far: along an axis the shape stays, without one everything is one axis."""
    axis = a["axis"]
    return ravel(a) if axis is None else spec(a["x"]) if is_int(axis) else UNKNOWN_SPEC


def batch_flatten(a: Mapping[str, Any]) -> TensorSpec:
    """All axes but the first as one; TensorFlow only tells the sizes where every one is fixed."""
    x = spec(a["x"])
    if x.shape.dims is None:
        return UNKNOWN_SPEC
    if any(d.is_none for d in x.shape.dims):
        return TensorSpec(Shape((Dim(None), Dim(None))), x.dtype)
    return TensorSpec(Shape((x.shape[0], product(x.shape.dims[1:]))), x.dtype)


def repeat_vector(a: Mapping[str, Any]) -> TensorSpec:
    """(batch, features) n times: (batch, n, features)."""
    x, n = spec(a["x"]), a["n"]
    return TensorSpec(x.shape.insert(1, to_dim(n) if is_int(n) else ANY), x.dtype)


SHAPING_OPERATIONS: dict[str, tuple[str, Compute]] = {
    "reshape": ("x, newshape", reshape),
    "concatenate": ("xs, axis=0", concatenate),
    "hstack": ("xs", side_by_side(1)),
    "vstack": ("xs", side_by_side(0)),
    "stack": ("x, axis=0", stack),
    "unstack": ("x, num=None, axis=0", unstack),
    "expand_dims": ("x, axis", expand_dims),
    "squeeze": ("x, axis=None", squeeze_fixed),
    "transpose": ("x, axes=None", transpose),
    "swapaxes": ("x, axis1, axis2", swapaxes),
    "moveaxis": ("x, source, destination", moveaxis),
    "repeat": ("x, repeats, axis=None", repeat),
    "tile": ("x, repeats", tile),
    "split": ("x, indices_or_sections, axis=0", split),
    "array_split": ("x, indices_or_sections, axis=0", lambda a: UNKNOWN_SPEC),
    "pad": ("x, pad_width, mode='constant', constant_values=None", pad),
    "broadcast_to": ("x, newshape", broadcast_to),
    "ravel": ("x", ravel),
    **dict.fromkeys(("cumsum", "cumprod"), ("x, axis=None, dtype=None", cumulative)),
}
