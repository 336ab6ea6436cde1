"""Recurrent layers whose steps are images: the convolution keeps or shrinks the spatial axes, the time axis goes as in an LSTM."""

from __future__ import annotations

from ...dims import Role
from ...shapes import Shape
from ...values import InputSpec, Weight
from ..spec import ConstructorCheck, LayerFunction, Outcome, TensorSpec, Use, layer
from .arguments import checks, either_strides_or_dilation, layout, padding, row_of
from .convolution import whole
from .recurrent import fixed_batch, returned
from .windows import axes, lower, sizes, undefined, window


def _convolutional_lstm(rank: int) -> LayerFunction:
    def run(use: Use) -> Outcome:
        x = use.tensor
        found = axes(use, rank)
        if x.shape.dims is None or len(x.shape.dims) != rank + 3 or found is None or use.flag("use_bias") is None:
            return Outcome(TensorSpec(Shape(None)), weights_unknown="its arguments are not known", mask="lose")
        spatial, channel = found
        batch, time, *rest = x.shape.dims
        step = [batch, *rest]
        channels = step[channel]
        if any(step[axis].is_none for axis in spatial):
            message = f"ConvLSTM layers only support static input shapes for the spatial dimension. Received: {x.shape}"
            undefined(use, x, "spatial axes of known size", message)
        if channels.is_none:
            undefined(
                use, x, "a number of channels", "The channel dimension of the inputs (last axis) should be defined."
            )
        filters = whole(use, "filters").with_role(Role.CHANNEL)
        kernel, strides, dilation = (sizes(use, name, rank) for name in ("kernel_size", "strides", "dilation_rate"))
        gates = filters * 4
        if filters.known is not None and filters.known < 0:
            use.refuse(
                "not-a-positive-integer", "a positive integer for `filters`", str(filters),
                f"Cannot convert '{Shape.of(*kernel, channels, gates)}' to a shape. Negative dimensions are not allowed.",
                blamed=("filters",), argument="filters", value=filters.known,
            )  # fmt: skip
        weights = [
            Weight("kernel", Shape.of(*kernel, channels, gates)),
            Weight("recurrent_kernel", Shape.of(*kernel, filters, gates)),
            *use.when("use_bias", Weight("bias", Shape.of(gates))),
        ]
        for i, axis in enumerate(spatial):
            step[axis] = window(
                use, step[axis], kernel[i], strides[i], dilation[i], lower(use.value("padding", "valid")), x
            )
        step[channel] = filters
        fixed_batch(use)
        state = TensorSpec(Shape(tuple(step)))
        output, mask = returned(use, batch, time.with_role(Role.TIME), Shape(tuple(step[1:])), [state, state])
        return Outcome(output, weights, InputSpec(ndim=rank + 3), mask)

    return run


def _constructor(rank: int) -> ConstructorCheck:
    rows = checks(row_of("kernel_size", rank), row_of("strides", rank, zero=True), row_of("dilation_rate", rank))
    return checks(rows, padding(), layout, either_strides_or_dilation)


for _rank in (1, 2, 3):
    layer(f"keras.layers.ConvLSTM{_rank}D", ndim=_rank + 3, constructor=_constructor(_rank))(_convolutional_lstm(_rank))
