"""Recurrent layers whose steps are images: the convolution keeps or shrinks the spatial axes, the time axis goes as in an LSTM."""

from __future__ import annotations

from typing import Any

from ...dims import Role
from ...shapes import Shape
from ...values import InputSpec, Weight
from ..spec import LayerFunction, Outcome, TensorSpec, Use, layer
from .convolution import axes, sizes, window


def _convolutional_lstm(rank: int) -> LayerFunction:
    def run(use: Use) -> Outcome:
        x = use.tensor
        found = axes(use, rank)
        sequences, return_state = use.flag("return_sequences"), use.flag("return_state")
        bias = use.flag("use_bias")
        if x.shape.dims is None or found is None or sequences is None or return_state is None or bias is None:
            return Outcome(TensorSpec(Shape(None)), weights_unknown="its arguments are not known", mask="lose")
        spatial, channel = found
        batch, time, *rest = x.shape.dims
        step = [batch, *rest]
        channels = step[channel]
        if channels.is_none:
            use.refuse(
                "undefined-axis", "a number of channels", str(x.shape),
                "The channel dimension of the inputs (last axis) should be defined.", shape=x.shape,
            )  # fmt: skip
        if any(step[axis].is_none for axis in spatial):
            use.refuse(
                "undefined-axis", "spatial axes of known size", str(x.shape),
                f"ConvLSTM layers only support static input shapes for the spatial dimension. Received: {x.shape}", shape=x.shape,
            )  # fmt: skip
        filters = use.size("filters").with_role(Role.CHANNEL)
        kernel, strides, dilation = (sizes(use, name, rank) for name in ("kernel_size", "strides", "dilation_rate"))
        padding = use.value("padding", "valid")
        padding = padding.lower() if isinstance(padding, str) else padding
        for i, axis in enumerate(spatial):
            step[axis] = window(use, step[axis], kernel[i], strides[i], dilation[i], padding, x)
        step[channel] = filters
        gates = filters * 4
        weights = [
            Weight("kernel", Shape.of(*kernel, channels, gates)),
            Weight("recurrent_kernel", Shape.of(*kernel, filters, gates)),
            *([Weight("bias", Shape.of(gates))] if bias else []),
        ]
        state = TensorSpec(Shape(tuple(step)))
        output = TensorSpec(Shape((batch, time.with_role(Role.TIME), *step[1:]))) if sequences else state
        result: Any = (output, state, state) if return_state else output
        mask: Any = "keep" if sequences else "consume"
        if return_state:
            mask = (sequences and x.masked, False, False)
        return Outcome(result, weights, InputSpec(ndim=rank + 3), mask)

    return run


for _rank in (1, 2, 3):
    layer(f"keras.layers.ConvLSTM{_rank}D", ndim=_rank + 3)(_convolutional_lstm(_rank))
