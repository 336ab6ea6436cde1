"""What a program sets for all layers that follow: the number type and the place of the channel axis."""

from __future__ import annotations

from ..knowledge import Call, function
from ..values import Unknown, Value


def _set(call: Call, name: str, parameter: str) -> None:
    value = call.bind(parameter)[parameter]
    call.engine.record.settings[name] = (
        value if isinstance(value, str) else Unknown("it is set to something unknown", call.place)
    )


@function("keras.config.set_floatx", "keras.backend.set_floatx")
def set_floatx(call: Call) -> Value:
    """`keras.config.set_floatx("float64")`."""
    _set(call, "dtype", "value")
    return None


@function(
    "keras.mixed_precision.set_global_policy", "keras.mixed_precision.set_dtype_policy", "keras.config.set_dtype_policy",
    "keras.mixed_precision.experimental.set_policy",
)  # fmt: skip
def set_policy(call: Call) -> Value:
    """`keras.mixed_precision.set_global_policy("mixed_float16")`."""
    _set(call, "dtype", "policy")
    return None


@function("keras.config.set_image_data_format", "keras.backend.set_image_data_format")
def set_layout(call: Call) -> Value:
    """`keras.backend.set_image_data_format("channels_first")`."""
    _set(call, "image_data_format", "data_format")
    return None


@function("keras.backend.set_image_dim_ordering")
def set_ordering(call: Call) -> Value:
    """The same in Keras 1, whose layers programs mean that still write it: without it their channels would be taken for rows."""
    words = {"tf": "channels_last", "th": "channels_first"}
    value = call.bind("dim_ordering")["dim_ordering"]
    call.engine.record.settings["image_data_format"] = (
        words[value]
        if isinstance(value, str) and value in words
        else Unknown("it is set to something unknown", call.place)
    )
    return None
