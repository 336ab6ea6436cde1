"""What a layer remembers of its constructor's arguments: `lstm.units`, `conv.kernel_size`."""

from __future__ import annotations

from ..knowledge import Call, attribute
from ..places import Origin
from ..values import LayerObject, Unknown, Value, is_int
from .layers.arguments import listed

SIZES_AND_FLAGS = (
    "depth_multiplier", "dropout", "epsilon", "filters", "go_backwards", "groups", "head_dim", "height", "input_dim", "keepdims", "key_dim",
    "mask_value", "mask_zero", "momentum", "n", "num_heads", "num_tokens", "output_dim", "rate", "recurrent_dropout", "return_sequences",
    "return_state", "reset_after", "stateful", "units", "unroll", "use_bias", "width",
)  # fmt: skip
"""Arguments that are kept as they are given."""
WINDOWS = ("dilation_rate", "kernel_size", "pool_size", "strides")
"""Arguments that become a tuple with a size for each axis of the window."""


KEPT = frozenset([*SIZES_AND_FLAGS, *WINDOWS, "data_format"])


def remembers(layer: LayerObject, name: str) -> bool:
    """Has the layer's constructor a parameter whose value it keeps under that name?"""
    return name in KEPT and layer.arguments is not None and layer.arguments.argument(name) is not None


@attribute(*(f"keras.layers.Layer.{name}" for name in SIZES_AND_FLAGS))
def kept(call: Call) -> Value:
    """`layer.units`"""
    return _given(call)


@attribute(*(f"keras.layers.Layer.{name}" for name in WINDOWS))
def window(call: Call) -> Value:
    """`conv.kernel_size`: a number stands for as many as the window has axes, no strides for those of the pool."""
    layer, value = call.receiver, _given(call)
    if value is None and isinstance(layer, LayerObject) and layer.arguments is not None:
        value = layer.arguments.get("pool_size")
    axes = (
        next((int(digit) for digit in layer.type_name if digit.isdigit()), 0) if isinstance(layer, LayerObject) else 0
    )
    if is_int(value) and axes:
        return (value,) * axes
    row = listed(value)
    return value if row is None else tuple(row)


@attribute("keras.layers.Layer.data_format")
def data_format(call: Call) -> Value:
    """`conv.data_format`: that of the program's settings unless it is given."""
    value = _given(call)
    return call.engine.record.settings.get("image_data_format", "channels_last") if value is None else value


def _name(call: Call) -> str:
    return call.name.rpartition(".")[2]


def _given(call: Call) -> Value:
    layer, name = call.receiver, _name(call)
    if (
        isinstance(layer, LayerObject)
        and remembers(layer, name)
        and layer.arguments is not None
        and not layer.arguments.open
    ):
        return layer.arguments.get(name)
    return Unknown(
        f"`{name}` is not known",
        call.place,
        key=("attribute", call.engine.number_of(layer), name),
        origin=Origin(name, call.place),
    )
