"""Convolutions, pooling, padding, cropping and upsampling over one, two or three axes."""

from __future__ import annotations

from ...dims import ANY, Dim, Role, same
from ...shapes import Shape
from ...values import InputSpec, ListValue, Weight, is_int, to_dim
from ..spec import LayerFunction, Outcome, TensorSpec, Use, layer
from .core import positive


def sizes(use: Use, name: str, rank: int, default: int = 1) -> list[Dim]:
    """An argument such as `kernel_size`: one number for all axes, or one for each."""
    value = use.value(name)
    if value is None:
        return [Dim(default)] * rank
    if is_int(value):
        return [to_dim(value)] * rank
    items = value.items if isinstance(value, ListValue) else value
    if isinstance(items, (tuple, list)) and len(items) == rank:
        return [to_dim(v) if is_int(v) else ANY for v in items]
    return [ANY] * rank


def axes(use: Use, rank: int) -> tuple[list[int], int] | None:
    """The spatial axes and the channel axis; None when `data_format` is not known."""
    layout = use.value("data_format")
    if layout in (None, "channels_last"):
        return list(range(1, rank + 1)), rank + 1
    return (list(range(2, rank + 2)), 1) if layout == "channels_first" else None


def window(use: Use, size: Dim, kernel: Dim, stride: Dim, dilation: Dim, padding: object, x: TensorSpec) -> Dim:
    """One axis of a sliding window."""
    if size.is_none:
        return size
    if padding in ("same", "causal"):
        return size.ceildiv(stride) if size.exact is not None and stride.exact is not None else ANY
    if padding != "valid":
        return ANY
    made = (size - ((kernel - 1) * dilation) - 1) // stride + 1
    if made.known is not None and made.known <= 0:
        use.refuse(
            "window-too-large", f"at least {kernel} steps", str(size),
            f"Computed output size would be zero or negative. Received: inputs.shape={x.shape}, kernel_size={kernel}", shape=x.shape,
        )  # fmt: skip
    return Dim(made.size, size.role)


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _convolution(rank: int, kind: str) -> LayerFunction:
    def run(use: Use) -> Outcome:
        x = use.tensor
        found = axes(use, rank)
        if x.shape.dims is None or found is None:
            return Outcome(TensorSpec(Shape(None)), weights_unknown="its input's shape is not known", mask="destroy")
        spatial, channel = found
        channels = x.shape[channel]
        kernel, strides, dilation = (sizes(use, name, rank) for name in ("kernel_size", "strides", "dilation_rate"))
        padding = _lower(use.value("padding", "valid"))
        if channels.is_none:
            use.refuse(
                "undefined-axis",
                "a number of channels",
                str(x.shape),
                "The channel dimension must be defined.",
                shape=x.shape,
            )
        filters = use.size("filters")
        multiplier = use.size("depth_multiplier")
        groups = use.size("groups") if kind == "plain" else Dim(1)
        weights_unknown = None if use.flag("use_bias") is not None else "its arguments are not known"
        if kind == "depthwise":
            filters = channels * multiplier
            weights = [Weight("kernel", Shape.of(*kernel, channels, multiplier))]
        elif kind == "separable":
            weights = [
                Weight("depthwise_kernel", Shape.of(*kernel, channels, multiplier)),
                Weight("pointwise_kernel", Shape.of(*[1] * rank, channels * multiplier, filters)),
            ]
        elif kind == "transposed":
            weights = [Weight("kernel", Shape.of(*kernel, filters, channels))]
        else:
            if groups.known and channels.known is not None and channels.known % groups.known:
                use.refuse(
                    "groups",
                    f"channels divisible by {groups}",
                    str(channels),
                    "The number of input channels must be divisible by groups.",
                )
            weights = [
                Weight("kernel", Shape.of(*kernel, channels // groups if groups.exact is not None else ANY, filters))
            ]
        weights += list(use.when("use_bias", Weight("bias", Shape.of(filters))))
        dims = list(x.shape.dims)
        for i, axis in enumerate(spatial):
            if kind == "transposed":
                dims[axis] = _transposed(use, dims[axis], kernel[i], strides[i], dilation[i], padding)
            else:
                dims[axis] = window(use, dims[axis], kernel[i], strides[i], dilation[i], padding, x)
        dims[channel] = filters.with_role(Role.CHANNEL)
        at = -1 if channel == rank + 1 else 1
        return Outcome(
            x.with_shape(Shape(tuple(dims))),
            weights,
            InputSpec(min_ndim=rank + 2, axes={at: channels}),
            "destroy",
            weights_unknown,
        )

    return run


def _transposed(use: Use, size: Dim, kernel: Dim, stride: Dim, dilation: Dim, padding: object) -> Dim:
    if size.is_none:
        return size
    if use.value("output_padding") is not None or dilation.known != 1:
        return ANY
    if padding == "same":
        return size * stride
    return size * stride + (kernel - stride).maximum(0) if padding == "valid" else ANY


for _rank in (1, 2, 3):
    layer(f"keras.layers.Conv{_rank}D", min_ndim=_rank + 2, max_ndim=_rank + 2, constructor=positive("filters"))(
        _convolution(_rank, "plain")
    )
    layer(f"keras.layers.Conv{_rank}DTranspose", ndim=_rank + 2)(_convolution(_rank, "transposed"))
for _rank in (1, 2):
    layer(f"keras.layers.DepthwiseConv{_rank}D", min_ndim=_rank + 2, max_ndim=_rank + 2)(
        _convolution(_rank, "depthwise")
    )
    layer(f"keras.layers.SeparableConv{_rank}D", min_ndim=_rank + 2, max_ndim=_rank + 2)(
        _convolution(_rank, "separable")
    )


def _pooling(rank: int) -> LayerFunction:
    def run(use: Use) -> Outcome:
        x = use.tensor
        found = axes(use, rank)
        if x.shape.dims is None or found is None:
            return Outcome(x.with_shape(Shape(None)), mask="destroy")
        pool = sizes(use, "pool_size", rank, 2)
        strides = sizes(use, "strides", rank) if use.value("strides") is not None else pool
        dims = list(x.shape.dims)
        for i, axis in enumerate(found[0]):
            dims[axis] = window(use, dims[axis], pool[i], strides[i], Dim(1), _lower(use.value("padding", "valid")), x)
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


for _rank in (1, 2, 3):
    for _kind in ("Max", "Average"):
        layer(f"keras.layers.{_kind}Pooling{_rank}D", ndim=_rank + 2)(_pooling(_rank))
        layer(f"keras.layers.Global{_kind}Pooling{_rank}D", ndim=_rank + 2)(_global_pooling(_rank, _kind == "Average"))


def _pairs(use: Use, name: str, rank: int) -> list[tuple[Dim, Dim]]:
    value = use.value(name)
    items = value.items if isinstance(value, ListValue) else value
    if is_int(items):
        return [(to_dim(items), to_dim(items))] * rank
    if rank == 1 and isinstance(items, (tuple, list)) and len(items) == 2 and all(is_int(v) for v in items):
        return [(to_dim(items[0]), to_dim(items[1]))]
    if isinstance(items, (tuple, list)) and len(items) == rank:
        pairs = []
        for one in items:
            inner = one.items if isinstance(one, ListValue) else one
            if is_int(inner):
                pairs.append((to_dim(inner), to_dim(inner)))
            elif isinstance(inner, (tuple, list)) and len(inner) == 2 and all(is_int(v) for v in inner):
                pairs.append((to_dim(inner[0]), to_dim(inner[1])))
            else:
                pairs.append((ANY, ANY))
        return pairs
    return [(ANY, ANY)] * rank


def _resized(rank: int, kind: str) -> LayerFunction:
    def run(use: Use) -> Outcome:
        x = use.tensor
        found = axes(use, rank)
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


for _rank in (1, 2, 3):
    layer(f"keras.layers.UpSampling{_rank}D", ndim=_rank + 2)(_resized(_rank, "up"))
    layer(f"keras.layers.ZeroPadding{_rank}D", ndim=_rank + 2)(_resized(_rank, "pad"))
    layer(f"keras.layers.Cropping{_rank}D", ndim=_rank + 2)(_resized(_rank, "crop"))

__all__ = ["same"]
