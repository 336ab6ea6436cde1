"""Keras's activation functions as functions: applied to a tensor by hand, looked up by name, kept in an attribute."""

from __future__ import annotations

from ..knowledge import Call, find_function, function
from ..values import DictValue, External, Value
from .ops import OPERATIONS, Compute, perform

NAMES = (
    "celu", "elu", "exponential", "gelu", "glu", "hard_shrink", "hard_sigmoid", "hard_silu", "hard_swish", "hard_tanh", "leaky_relu",
    "linear", "log_sigmoid", "log_softmax", "mish", "relu", "relu6", "selu", "sigmoid", "silu", "soft_shrink", "softmax", "softplus",
    "softsign", "sparse_plus", "sparse_sigmoid", "sparsemax", "squareplus", "swish", "tanh", "tanh_shrink", "threshold",
)  # fmt: skip
"""Everything that `keras.activations` can name; all but `glu` (which halves an axis) keep the shape."""

_SAME: Compute = OPERATIONS["exp"][1]


def _apply(call: Call) -> Value:
    name = call.name.rpartition(".")[2]
    value = call.args[0] if call.args else call.kwargs.get("x")
    if name == "linear":
        return value
    return perform(call, {"x": value}, _SAME, name)


for _name in NAMES:
    if _name != "glu" and find_function(f"keras.activations.{_name}") is None:
        function(f"keras.activations.{_name}")(_apply)


@function("keras.activations.get", "keras.activations.deserialize")
def get(call: Call) -> Value:
    """The function behind a name; None is `linear`, a function is itself."""
    value = call.args[0] if call.args else call.kwargs.get("identifier", call.kwargs.get("config"))
    if value is None:
        return External("keras.activations.linear")
    if isinstance(value, str):
        if value in NAMES:
            return External(f"keras.activations.{value}")
        return call.unknown(f'"{value}" is no activation of Keras\'s own')
    return call.unknown("the activation is not known") if isinstance(value, DictValue) else value


@function("keras.activations.serialize")
def serialize(call: Call) -> Value:
    """The name of a function."""
    value = call.args[0] if call.args else call.kwargs.get("activation")
    if isinstance(value, External) and value.name.startswith("keras.activations."):
        return value.name.rpartition(".")[2]
    return call.unknown("the activation is not known", "str")
