"""Convolutions over one, two or three axes: plain, depthwise, separable and transposed."""

from __future__ import annotations

from ...dims import ANY, Dim, Role
from ...shapes import Shape
from ...values import InputSpec, Weight, is_int
from ..spec import ConstructorCheck, LayerFunction, Outcome, TensorSpec, Use, layer
from .arguments import (
    above_zero,
    checks,
    either_strides_or_dilation,
    items,
    layout,
    number,
    padding,
    refuse,
    row_of,
    shown,
)
from .windows import axes, lower, sizes, window


def _filters(use: Use) -> None:
    """With groups, the filters must divide among them; that also refuses floats that aren't whole."""
    filters, groups = number(use.value("filters")), number(use.value("groups"))
    if groups is not None and groups <= 0:
        refuse(
            use,
            "groups",
            "a positive integer",
            f"The number of groups must be a positive integer. Received: groups={groups}.",
        )
    if filters is not None and groups is not None and filters % groups:
        kind = "not-a-positive-integer" if isinstance(use.value("filters"), float) else "argument"
        refuse(
            use, "filters", f"a multiple of {groups}",
            f"The number of filters must be evenly divisible by the number of groups. Received: groups={groups}, filters={filters}.", kind,
        )  # fmt: skip


def _output_padding(use: Use) -> None:
    """Less than the strides."""
    given, strides = use.value("output_padding"), use.value("strides")
    if given is None:
        return
    extra, steps = items(given) or [given], items(strides) or [strides]
    count = max(len(extra), len(steps))
    for one, step in zip(extra * (count if len(extra) == 1 else 1), steps * (count if len(steps) == 1 else 1)):
        if isinstance(one, int) and isinstance(step, int) and one >= step:
            refuse(
                use, "output_padding", f"less than strides={shown(strides)}",
                f"`output_padding` must be strictly less than `strides` for all dimensions. Received: output_padding={shown(given)}, "
                f"strides={shown(strides)}",
            )  # fmt: skip


def _constructor(rank: int, kind: str) -> ConstructorCheck:
    rows = checks(row_of("kernel_size", rank), row_of("strides", rank), row_of("dilation_rate", rank))
    common = checks(rows, padding(causal=kind == "plain" and rank == 1), layout)
    if kind == "plain":
        return checks(common, above_zero("filters"), _filters, either_strides_or_dilation)
    if kind == "depthwise":
        return checks(common, above_zero("depth_multiplier"))
    if kind == "separable":
        return checks(common, above_zero("depth_multiplier", "filters"))
    return checks(
        common,
        row_of("output_padding", rank, zero=True, none=True),
        above_zero("filters"),
        _output_padding,
        either_strides_or_dilation,
    )


def whole(use: Use, name: str) -> Dim:
    """A size that becomes an axis of a weight: None, floats and strings are refused when the layer is built."""
    value = use.value(name)
    if value is None or isinstance(value, (float, str)):
        use.refuse(
            "not-a-positive-integer", f"a positive integer for `{name}`", repr(value),
            f"Shapes used to initialize variables must be fully-defined. Received: {name}={value}", blamed=(name,), argument=name, value=value,
        )  # fmt: skip
    return Dim(int(value)) if isinstance(value, bool) else use.size(name)


def _convolution(rank: int, kind: str) -> LayerFunction:
    def run(use: Use) -> Outcome:
        x = use.tensor
        found = axes(use, rank)
        more = max((x.shape.rank or 0) - rank - 2, 0)  # Keras 2 takes further axes of the batch
        if more:
            further = x.shape.slice(1, 1 + more).dims or ()
            x = x.with_shape(Shape((x.shape[0], *(x.shape.dims or ())[1 + more :])))
        if x.shape.dims is None or found is None:
            return Outcome(TensorSpec(Shape(None)), weights_unknown="its input's shape is not known", mask="destroy")
        spatial, channel = found
        channels = x.shape[channel]
        kernel, strides, dilation = (sizes(use, name, rank) for name in ("kernel_size", "strides", "dilation_rate"))
        if channels.is_none and (kind == "depthwise" or not use.layer.built):
            # the channels of a depthwise convolution's output are calculated from the input's, whenever it is called
            use.refuse(
                "undefined-axis",
                "a number of channels",
                str(x.shape),
                "The channel dimension must be defined.",
                shape=x.shape,
            )
        filters = Dim(ANY.size) if kind == "depthwise" else whole(use, "filters")
        multiplier = whole(use, "depth_multiplier") if kind in ("depthwise", "separable") else Dim(1)
        if kind == "depthwise":
            filters = channels * multiplier
        weights = _weights(use, kind, rank, kernel, channels, filters, multiplier)
        dims = list(x.shape.dims)
        for i, axis in enumerate(spatial):
            if kind == "transposed":
                extra = sizes(use, "output_padding", rank)[i] if use.value("output_padding") is not None else None
                dims[axis] = _transposed(
                    dims[axis], kernel[i], strides[i], dilation[i], lower(use.value("padding", "valid")), extra
                )
            else:
                dims[axis] = window(
                    use, dims[axis], kernel[i], strides[i], dilation[i], lower(use.value("padding", "valid")), x
                )
        dims[channel] = filters.with_role(Role.CHANNEL)
        if more:
            dims[1:1] = further
        at = -1 if channel == rank + 1 else 1
        known = use.flag("use_bias") is not None
        return Outcome(
            x.with_shape(Shape(tuple(dims))), weights, InputSpec(min_ndim=rank + 2, max_ndim=rank + 2, axes={at: channels}), "destroy",
            None if known else "its arguments are not known",
        )  # fmt: skip

    return run


def _weights(
    use: Use, kind: str, rank: int, kernel: list[Dim], channels: Dim, filters: Dim, multiplier: Dim
) -> list[Weight]:
    if kind == "depthwise":
        weights = [Weight("kernel", Shape.of(*kernel, channels, multiplier))]
    elif kind == "separable":
        weights = [
            Weight("depthwise_kernel", Shape.of(*kernel, channels, multiplier)),
            Weight("pointwise_kernel", Shape.of(*[1] * rank, channels * multiplier, filters)),
        ]
    elif kind == "transposed":
        weights = [Weight("kernel", Shape.of(*kernel, filters, channels))]
    else:
        groups = use.size("groups")
        if groups.known and channels.known is not None and channels.known % groups.known:
            use.refuse(
                "groups", f"channels divisible by {groups}", str(channels),
                "The number of input channels must be evenly divisible by the number of groups. "
                f"Received groups={groups}, but the input has {channels} channels.",
            )  # fmt: skip
        inner = channels // groups if groups.exact is not None else ANY
        weights = adapted(use, "kernel", Shape.of(*kernel, inner, filters))
    return weights + list(use.when("use_bias", Weight("bias", Shape.of(filters))))


def adapted(use: Use, name: str, shape: Shape) -> list[Weight]:
    """A kernel, and with `lora_rank` the two small ones that are trained in its place."""
    rank = use.value("lora_rank")
    if not is_int(rank) or rank == 0:
        return [Weight(name, shape)]
    first = Shape((*(shape.dims or ())[:-1], Dim.of(rank)))
    return [
        Weight(name, shape, False), Weight(f"lora_{name}_a", first), Weight(f"lora_{name}_b", Shape.of(rank, shape[-1])),
    ]  # fmt: skip


def _transposed(size: Dim, kernel: Dim, stride: Dim, dilation: Dim, padding: object, extra: Dim | None) -> Dim:
    """One axis of a transposed convolution; `extra` is its output padding, None when that isn't given."""
    if size.is_none:
        return size
    reach = (kernel - 1) * dilation + 1
    if padding == "same":
        return size * stride if extra is None else (size - 1) * stride + reach % 2 + extra
    if padding != "valid":
        return ANY
    if extra is None:
        return size * stride + (reach - stride).maximum(0)
    return (size - 1) * stride + reach + extra


for _rank in (1, 2, 3):
    _ndim = _rank + 2
    layer(f"keras.layers.Conv{_rank}D", min_ndim=_ndim, max_ndim=_ndim, constructor=_constructor(_rank, "plain"))(
        _convolution(_rank, "plain")
    )
    layer(f"keras.layers.Conv{_rank}DTranspose", ndim=_ndim, constructor=_constructor(_rank, "transposed"))(
        _convolution(_rank, "transposed")
    )
for _rank in (1, 2):
    for _name, _kind in (("DepthwiseConv", "depthwise"), ("SeparableConv", "separable")):
        layer(
            f"keras.layers.{_name}{_rank}D",
            min_ndim=_rank + 2,
            max_ndim=_rank + 2,
            constructor=_constructor(_rank, _kind),
        )(_convolution(_rank, _kind))
