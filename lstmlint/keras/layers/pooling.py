"""Pooling: over windows, over whole axes, and to a size that is asked for."""

from __future__ import annotations

from ...dims import ANY, Dim
from ...faults import Moment
from ...shapes import UNKNOWN_SHAPE, Shape
from ...values import Unknown
from ..spec import ConstructorCheck, LayerFunction, Outcome, Use, layer
from ..tensors import tensors_in
from .arguments import checks, items, layout, refuse, row_of, shown
from .windows import axes, lower, sizes, window


def _is_run(use: Use) -> bool:
    """Is TensorFlow asked, which takes `padding` in any letters? Keras itself, when it works out a shape, wants small ones."""
    from ..functional import is_eager

    return is_eager(use)


def _has_data(use: Use) -> bool:
    """Is this a call on data that are there? Then a window that is a little too large gives an axis of 0; Keras and TensorFlow's graph refuse it."""
    return use.moment is Moment.CALL and _is_run(use) and not tensors_in(use.kwargs.get("~values"))


def _fits_no_more(size: Dim, pool: Dim, stride: Dim) -> bool:
    """Is the window too large by one stride at most, so that the formula gives 0 and nothing below?"""
    if size.known is None or pool.known is None or stride.known is None:
        return False
    return -stride.known <= size.known - pool.known < 0


def _pooling(rank: int) -> LayerFunction:
    def run(use: Use) -> Outcome:
        x = use.tensor
        found, padding = axes(use, rank), use.value("padding", "valid")
        if use.engine.keras_major < 3 or _is_run(use):
            padding = lower(padding)
        if x.shape.dims is None or found is None or isinstance(padding, Unknown):
            return Outcome(x.with_shape(Shape(None)), mask="destroy")
        pool = sizes(use, "pool_size", rank, 2)
        strides = sizes(use, "strides", rank) if use.value("strides") is not None else pool
        if padding not in ("valid", "same"):
            use.refuse(
                "argument", "'valid' or 'same'", shown(padding), f"Argument `padding` must be either 'valid' or 'same'. Received: padding={padding}",
                blamed=("padding",), argument="padding", value=padding,
            )  # fmt: skip
        dims = list(x.shape.dims)
        for i, axis in enumerate(found[0]):
            if strides[i].size == 0:
                return Outcome(x.with_shape(Shape(None)), mask="destroy")
            if padding == "valid" and _fits_no_more(dims[axis], pool[i], strides[i]) and _has_data(use):
                dims[axis] = Dim(0) if "~values" in use.kwargs else ANY
                continue
            dims[axis] = window(use, dims[axis], pool[i], strides[i], Dim(1), padding, x)
        return Outcome(x.with_shape(Shape(tuple(dims))), mask="destroy")

    return run


def _global_pooling(rank: int, average: bool) -> LayerFunction:
    def run(use: Use) -> Outcome:
        x = use.tensor
        found = axes(use, rank)
        keep = use.flag("keepdims")
        if x.shape.dims is None or found is None or keep is None:
            return Outcome(x.with_shape(Shape(None)), mask="lose")
        dims = [Dim(1) if i in found[0] else d for i, d in enumerate(x.shape.dims) if keep or i not in found[0]]
        return Outcome(x.with_shape(Shape(tuple(dims))), mask="consume" if average and rank == 1 else "destroy")

    return run


def _adaptive(rank: int) -> LayerFunction:
    def run(use: Use) -> Outcome:
        x = use.tensor
        layout_known = use.layout
        if x.shape.dims is None or layout_known is None:
            return Outcome(x.with_shape(UNKNOWN_SHAPE), mask="destroy")
        made = sizes(use, "output_size", rank)
        # Keras takes the batch and the channels from the input, whatever its rank, and puts the sizes between them
        last = layout_known == "channels_last"
        if not last and len(x.shape) < 2:
            use.refuse(
                "rank",
                f"{rank + 2} axes",
                str(x.shape),
                "tuple index out of range",
                exception="IndexError",
                shape=x.shape,
            )
        below = next((d for d in made if d.known is not None and d.known < 0), None)
        if below is not None:
            use.refuse(
                "argument", "sizes of 0 or more", str(below),
                f"Cannot convert '{Shape.of(x.shape[0], *made, x.shape[-1])}' to a shape. Negative dimensions are not allowed.",
                blamed=("output_size",), argument="output_size", value=below.known,
            )  # fmt: skip
        dims = [x.shape[0], *made, x.shape[-1]] if last else [x.shape[0], x.shape[1], *made]
        return Outcome(x.with_shape(Shape(tuple(dims))), mask="destroy")

    return run


def _output_size(rank: int) -> ConstructorCheck:
    def check(use: Use) -> None:
        value = use.value("output_size")
        row = items(value)
        if (row is not None and len(row) != rank) or value is None or isinstance(value, (str, float)):
            refuse(
                use,
                "output_size",
                f"an integer or {rank} of them",
                f"`output_size` must be an integer or a tuple of {rank}. Received: {shown(value)}",
            )

    return check


for _rank in (1, 2, 3):
    _windowed = checks(row_of("pool_size", _rank), row_of("strides", _rank, zero=True, none=True), layout)
    for _kind in ("Max", "Average"):
        layer(f"keras.layers.{_kind}Pooling{_rank}D", ndim=_rank + 2, constructor=_windowed)(_pooling(_rank))
        layer(f"keras.layers.Global{_kind}Pooling{_rank}D", ndim=_rank + 2, constructor=layout)(
            _global_pooling(_rank, _kind == "Average")
        )
        layer(f"keras.layers.Adaptive{_kind}Pooling{_rank}D", constructor=checks(_output_size(_rank), layout))(
            _adaptive(_rank)
        )
