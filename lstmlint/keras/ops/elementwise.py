"""Operations that work element by element: the shapes stay, or are broadcast together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...dims import Dim
from ...shapes import Shape, broadcast
from ..spec import TensorSpec
from ..tensors import UNKNOWN_SPEC
from .performing import Compute, Conflict


def spec(value: Any) -> TensorSpec:
    """What an argument of an operation is: a tensor, a number, a row of numbers."""
    if isinstance(value, TensorSpec):
        return value
    if isinstance(value, (int, float, Dim)):
        return TensorSpec(Shape(()), None)
    if isinstance(value, tuple) and value and all(isinstance(v, (int, float)) for v in value):
        return TensorSpec(Shape.of(len(value)), None)
    return UNKNOWN_SPEC


def same_shape_as(a: Mapping[str, Any]) -> TensorSpec:
    x = spec(a["x"])
    return TensorSpec(x.shape, x.dtype)


def binary(a: Mapping[str, Any]) -> TensorSpec:
    x, y = spec(a["x1"]), spec(a["x2"])
    found = broadcast(x.shape, y.shape)
    if found.conflict is not None:
        raise Conflict("broadcast", "shapes that can be broadcast together", f"{x.shape} and {y.shape}")
    return TensorSpec(found.shape, _promoted(x.dtype, y.dtype))


def _promoted(a: str | None, b: str | None) -> str | None:
    """The dtype of both together, as far as it can be told: a float outdoes a whole number."""
    if a == b or b is None:
        return a
    if a is None:
        return b
    floats = [d for d in (a, b) if d.startswith(("float", "bfloat"))]
    return floats[0] if len(floats) == 1 else None


def comparison(a: Mapping[str, Any]) -> TensorSpec:
    return TensorSpec(binary(a).shape, "bool")


def _cast(a: Mapping[str, Any]) -> TensorSpec:
    dtype = a.get("dtype")
    return TensorSpec(spec(a["x"]).shape, dtype if isinstance(dtype, str) else None)


def _like(a: Mapping[str, Any]) -> TensorSpec:
    x, dtype = spec(a["x"]), a.get("dtype")
    return TensorSpec(x.shape, dtype if isinstance(dtype, str) else x.dtype)


def _updated(a: Mapping[str, Any]) -> TensorSpec:
    x = spec(a["inputs"])
    return TensorSpec(x.shape, x.dtype)


def _sorted_order(a: Mapping[str, Any]) -> TensorSpec:
    return UNKNOWN_SPEC if a.get("axis") is None else TensorSpec(spec(a["x"]).shape, "int32")


def _where(a: Mapping[str, Any]) -> TensorSpec:
    if a.get("x1") is None or a.get("x2") is None:
        return UNKNOWN_SPEC
    both = binary(a)
    return TensorSpec(broadcast(spec(a["condition"]).shape, both.shape).shape, both.dtype)


ELEMENTWISE = (
    "exp", "log", "log1p", "log2", "log10", "expm1", "sqrt", "rsqrt", "square", "abs", "absolute", "negative", "sign", "sin", "cos", "tan",
    "tanh", "sinh", "cosh", "arctan", "sigmoid", "relu", "relu6", "elu", "selu", "gelu", "silu", "swish", "softplus", "softsign",
    "leaky_relu", "hard_sigmoid", "log_sigmoid", "softmax", "log_softmax", "floor", "ceil", "round", "clip", "reciprocal", "erf",
    "stop_gradient", "flip", "roll", "sort", "nan_to_num", "logical_not", "copy",
    "normalize", "convert_to_tensor", "arcsin", "arccos", "arccosh", "arcsinh", "arctanh", "cbrt", "trunc", "conj", "conjugate", "sinc",
    "erfinv", "exp2", "logical_not", "isfinite", "isinf", "fliplr", "flipud", "hard_tanh", "celu", "hard_swish", "tanh_shrink", "soft_shrink", "hard_shrink",
    "threshold", "squareplus", "sparsemax", "sparse_plus", "sparse_sigmoid", "angle", "bitwise_not", "signbit", "deg2rad", "rad2deg", "rms_normalization", "tril", "triu", "hard_silu", "isnan",
    "erfc", "i0", "layer_normalization", "image.hsv_to_rgb", "image.rgb_to_hsv", "image.gaussian_blur",
)  # fmt: skip
BINARY = ("add", "subtract", "multiply", "divide", "true_divide", "power", "maximum", "minimum", "mod", "floor_divide", "divide_no_nan", "arctan2", "fmod", "hypot", "logaddexp", "fmax", "fmin", "heaviside", "ldexp", "nextafter", "gcd", "lcm", "bitwise_and", "bitwise_or", "bitwise_xor")  # fmt: skip
COMPARISONS = (
    "equal", "not_equal", "greater", "greater_equal", "less", "less_equal", "logical_and", "logical_or", "logical_xor", "isclose",
)  # fmt: skip

JUDGED = ("isnan", "isfinite", "isinf", "logical_not", "signbit")

ELEMENTWISE_OPERATIONS: dict[str, tuple[str, Compute]] = {
    **dict.fromkeys(ELEMENTWISE, ("x, *rest, **options", same_shape_as)),
    **dict.fromkeys(JUDGED, ("x", lambda a: TensorSpec(spec(a["x"]).shape, "bool"))),
    **dict.fromkeys(BINARY, ("x1, x2, **options", binary)),
    **dict.fromkeys(COMPARISONS, ("x1, x2, **options", comparison)),
    **dict.fromkeys(("zeros_like", "ones_like", "full_like", "empty_like"), ("x, *rest, dtype=None, **options", _like)),
    "cast": ("x, dtype", _cast),
    "saturate_cast": ("x, dtype", _cast),
    "where": ("condition, x1=None, x2=None", _where),
    "slice_update": ("inputs, start_indices, updates", _updated),
    "scatter_update": ("inputs, indices, updates, **options", _updated),
    "argsort": ("x, axis=-1", _sorted_order),
}
