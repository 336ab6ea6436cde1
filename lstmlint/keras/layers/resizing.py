"""Layers that pad, crop or enlarge spatial axes."""

from __future__ import annotations

from ...dims import ANY, Dim
from ...shapes import Shape
from ...values import ListValue, is_int, to_dim
from ..spec import ConstructorCheck, LayerFunction, Outcome, Use, layer
from .arguments import check_row, checks, items, layout, refuse, row_of, shown
from .windows import axes, sizes


def _pairs(use: Use, name: str, rank: int) -> list[tuple[Dim, Dim]]:
    value = use.value(name)
    row = value.items if isinstance(value, ListValue) else value
    if is_int(row):
        return [(to_dim(row), to_dim(row))] * rank
    if rank == 1 and isinstance(row, (tuple, list)) and len(row) == 2 and all(is_int(v) for v in row):
        return [(to_dim(row[0]), to_dim(row[1]))]
    if isinstance(row, (tuple, list)) and len(row) == rank:
        pairs = []
        for one in row:
            inner = one.items if isinstance(one, ListValue) else one
            if is_int(inner):
                pairs.append((to_dim(inner), to_dim(inner)))
            elif isinstance(inner, (tuple, list)) and len(inner) == 2 and all(is_int(v) for v in inner):
                pairs.append((to_dim(inner[0]), to_dim(inner[1])))
            else:
                pairs.append((ANY, ANY))
        return pairs
    return [(ANY, ANY)] * rank


def _amounts(name: str, rank: int) -> ConstructorCheck:
    """A number, one for each axis, or a pair for each axis."""

    def check(use: Use) -> None:
        value = use.value(name)
        if rank == 1:
            check_row(use, name, value, 2, zero=True)
            return
        if isinstance(value, int):
            if value < 0 and name == "cropping":
                refuse(use, name, "0 or more", f"`{name}` cannot be negative. Received: {name}={value}.")
            return
        row = items(value)
        if (row is not None and len(row) != rank) or value is None or isinstance(value, float):
            refuse(
                use,
                name,
                f"an integer or {rank} of them",
                f"`{name}` should have {rank} elements. Received: {name}={shown(value)}.",
            )
        for one in row or []:
            check_row(use, name, one, 2, zero=True)

    return check


def _resized(rank: int, kind: str) -> LayerFunction:
    def run(use: Use) -> Outcome:
        x = use.tensor
        # the one-dimensional ones that have no data_format work on axis 1
        found = axes(use, rank) if rank > 1 or kind == "pad" else ([1], 2)
        if x.shape.dims is None or found is None:
            return Outcome(x.with_shape(Shape(None)), mask="destroy")
        dims = list(x.shape.dims)
        for i, axis in enumerate(found[0]):
            if dims[axis].is_none:
                continue
            if kind == "up":
                dims[axis] = dims[axis] * sizes(use, "size", rank, 2)[i]
                continue
            before, after = _pairs(use, "padding" if kind == "pad" else "cropping", rank)[i]
            if kind == "pad":
                dims[axis] = dims[axis] + before + after
                if (dims[axis].known or 0) < 0:
                    use.refuse(
                        "argument",
                        "padding of 0 or more",
                        str(before),
                        "Negative dimensions are not allowed.",
                        blamed=("padding",),
                    )
                continue
            size, dims[axis] = dims[axis], dims[axis] - before - after
            left = dims[axis].known
            if left is not None and left <= 0:
                use.refuse(
                    "window-too-large", f"more than {before + after} steps in axis {axis}", str(size),
                    f"Values in `cropping` argument should be smaller than the corresponding spatial dimension. Received: {x.shape}",
                    blamed=("cropping",), shape=x.shape, axis=axis, cropped=before + after,
                )  # fmt: skip
        return Outcome(x.with_shape(Shape(tuple(dims))), mask="destroy")

    return run


def _whole_size(use: Use) -> None:
    value = use.value("size")
    if (
        value is None
        or isinstance(value, (str, float, tuple, bool, ListValue))
        or (isinstance(value, int) and value <= 0)
    ):
        refuse(
            use, "size", "a positive integer for `size`", f"Argument `size` should be a positive integer. Received: size={shown(value)}",
            "not-a-positive-integer" if not isinstance(value, (tuple, ListValue)) else "argument", "TypeError",
        )  # fmt: skip


for _rank in (1, 2, 3):
    _up = _whole_size if _rank == 1 else checks(layout, row_of("size", _rank))
    _crop = _amounts("cropping", 1) if _rank == 1 else checks(layout, _amounts("cropping", _rank))
    layer(f"keras.layers.UpSampling{_rank}D", ndim=_rank + 2, constructor=_up)(_resized(_rank, "up"))
    layer(f"keras.layers.ZeroPadding{_rank}D", ndim=_rank + 2, constructor=checks(layout, _amounts("padding", _rank)))(
        _resized(_rank, "pad")
    )
    layer(f"keras.layers.Cropping{_rank}D", ndim=_rank + 2, constructor=_crop)(_resized(_rank, "crop"))
