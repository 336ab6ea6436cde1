"""`keras.backend` and its kin: what Keras's older style asks about tensors and settings."""

from __future__ import annotations

from ...knowledge import Call, function, type_of
from ...values import Array, Tensor, Unknown, Value
from ..inside import inside_call
from ..models import as_keras_3_has_it, shape_tuple
from ..tensors import concrete, spec_of


@function("keras.backend.int_shape", "keras.ops.shape")
def int_shape(call: Call) -> Value:
    """The static shape as a tuple."""
    value = call.args[0] if call.args else None
    if isinstance(value, Tensor):
        found = shape_tuple(value.shape)
        return found if inside_call() else as_keras_3_has_it(call, found)
    if isinstance(value, Array):  # has every size, also one that its dataset leaves open
        return shape_tuple(concrete(spec_of(value)).shape)
    return call.unknown("the shape is not known", "tuple")


@function("keras.backend.ndim", "keras.ops.ndim")
def ndim(call: Call) -> Value:
    """The rank."""
    value = call.args[0] if call.args else None
    if isinstance(value, (Tensor, Array)) and value.shape.rank is not None:
        return value.shape.rank
    return call.unknown("the rank is not known", "int")


@function("keras.backend.is_keras_tensor", "keras.utils.is_keras_tensor")
def is_keras_tensor(call: Call) -> Value:
    """Is it symbolic?"""
    value = call.args[0] if call.args else None
    if isinstance(value, Unknown):
        return call.unknown("whether it is a Keras tensor is not known", "bool")
    return isinstance(value, Tensor)


@function("tensorflow.is_tensor", "keras.ops.is_tensor", "keras.backend.is_tensor")
def is_tensor(call: Call) -> Value:
    """Is it a tensor that TensorFlow computes with? A symbolic one is while a layer is traced, but not outside of it."""
    value = call.args[0] if len(call.args) == 1 else None
    kind = type_of(value) if call.args else None
    if kind is not None and kind.startswith(("builtins.", "numpy.", "pandas.")):
        return False
    if isinstance(value, Array) and kind in ("tensorflow.Tensor", "tensorflow.Variable", "keras.Variable"):
        return True
    return call.unknown("whether it is a tensor is not known", "bool")


@function("keras.backend.image_data_format", "keras.config.image_data_format")
def image_data_format(call: Call) -> Value:
    """What the program has set, or Keras's default."""
    found: Value = call.engine.record.settings.get("image_data_format", "channels_last")
    return found


@function("keras.backend.image_dim_ordering")
def image_dim_ordering(call: Call) -> Value:
    """The same in Keras 1, for programs that still ask."""
    found = image_data_format(call)
    words = {"channels_last": "tf", "channels_first": "th"}
    return words[found] if isinstance(found, str) and found in words else call.unknown("the layout is not known", "str")


@function("keras.backend.backend", "keras.config.backend")
def backend(call: Call) -> Value:
    """The backend that people with TensorFlow have."""
    return "tensorflow"


@function("keras.backend.floatx", "keras.config.floatx")
def floatx(call: Call) -> Value:
    """Keras's default."""
    return "float32"


@function("keras.backend.epsilon", "keras.config.epsilon")
def epsilon(call: Call) -> Value:
    """Keras's default."""
    return 1e-07


@function("keras.backend.clear_session", "keras.utils.clear_session")
def clear_session(call: Call) -> Value:
    """Automatic names begin again."""
    call.engine.reset_names()
    return None


@function("keras.utils.set_random_seed", "keras.backend.set_session",
          "keras.config.disable_interactive_logging", "keras.utils.plot_model", "keras.config.enable_unsafe_deserialization")  # fmt: skip
def settings(call: Call) -> Value:
    """Changes nothing that is of interest here."""
    return None
