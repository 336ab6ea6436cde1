"""What `tf.*` functions compute of tensors, by the same rules of shapes as Keras's operations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..spec import TensorSpec
from .elementwise import same_shape_as, spec
from .images import convolve, pool, resize, to_grayscale
from .indexing import one_hot, slice_from, take, top_k
from .linear import einsum, matmul, tensordot
from .performing import Compute
from .reduction import argument, moments, reduce
from .shaping import (
    broadcast_to,
    concatenate,
    expand_dims,
    joined,
    pad,
    repeat,
    reshape,
    split_sizes,
    squeeze,
    stack,
    tile,
    transpose,
    unstack,
)
from .table import OPERATIONS

_ALIKE = (
    "exp", "log", "sqrt", "rsqrt", "square", "abs", "tanh", "sigmoid", "sin", "cos", "tan", "softplus", "sign", "floor", "round", "negative",
    "erf", "log1p", "expm1", "cumsum", "cumprod", "reciprocal", "log_sigmoid", "asin", "acos", "atan", "sinh", "cosh",
)  # fmt: skip
_TOP = (
    "exp", "sqrt", "square", "abs", "tanh", "sigmoid", "sin", "cos", "tan", "identity", "stop_gradient", "round", "sign", "floor", "negative",
    "cumsum", "sort", "reverse", "clip_by_value", "clip_by_norm", "ensure_shape", "roll",
)  # fmt: skip
_NN = (
    "relu", "relu6", "elu", "selu", "gelu", "silu", "swish", "softmax", "log_softmax", "sigmoid", "tanh", "leaky_relu", "softplus", "softsign",
    "l2_normalize", "dropout", "bias_add", "local_response_normalization",
)  # fmt: skip
_BINARY = ("add", "subtract", "multiply", "divide", "maximum", "minimum")
_COMPARING = ("equal", "not_equal", "greater", "greater_equal", "less", "less_equal", "logical_and", "logical_or")
_IMAGE = (
    "flip_left_right", "flip_up_down", "adjust_brightness", "adjust_contrast", "adjust_hue", "adjust_saturation", "random_flip_left_right",
    "random_flip_up_down", "random_brightness", "random_contrast", "random_hue", "random_saturation", "per_image_standardization",
    "rgb_to_hsv", "hsv_to_rgb", "rgb_to_yuv", "yuv_to_rgb",
)  # fmt: skip
_SAME: tuple[str, Compute] = ("x, *rest, **options", same_shape_as)
_REDUCING: tuple[str, Compute] = ("x, axis=None, keepdims=False, **options", reduce)


def _argument(a: Mapping[str, Any]) -> TensorSpec:
    """Where the greatest or least value is along an axis; of a single axis TensorFlow gives the place whatever axis is asked for."""
    return argument({**a, "axis": 0} if spec(a["x"]).shape.rank == 1 else a)


TENSORFLOW: dict[str, tuple[str, Compute]] = {
    **{f"math.{n}": _SAME for n in _ALIKE},
    **dict.fromkeys(_TOP, _SAME),
    **{f"nn.{n}": _SAME for n in _NN},
    **{f"image.{n}": _SAME for n in _IMAGE},
    "math.l2_normalize": _SAME,
    **{n: OPERATIONS[n] for n in ("zeros_like", "ones_like")},
    **{p + n: OPERATIONS[n] for n in (*_BINARY, *_COMPARING) for p in ("", "math.")},
    **{f"math.{n}": OPERATIONS[n] for n in ("divide_no_nan", "floormod", "squared_difference") if n in OPERATIONS},
    "math.squared_difference": OPERATIONS["subtract"],
    "pow": OPERATIONS["power"],
    "math.pow": OPERATIONS["power"],
    "logical_not": OPERATIONS["logical_not"],
    **{
        f"{p}reduce_{n}": _REDUCING
        for n in ("mean", "sum", "max", "min", "prod", "any", "all", "logsumexp", "std", "variance")
        for p in ("", "math.")
    },
    **{f"{p}{n}": ("x, axis=0, **options", _argument) for n in ("argmax", "argmin") for p in ("", "math.")},
    "norm": ("x, ord='euclidean', axis=None, keepdims=False, **options", reduce),
    "linalg.norm": ("x, ord='euclidean', axis=None, keepdims=False, **options", reduce),
    "nn.moments": ("x, axes, shift=None, keepdims=False, name=None", moments),
    "reshape": ("x, newshape, name=None", reshape),
    "concat": ("xs, axis, name=None", joined(concatenate)),
    "stack": ("x, axis=0, name=None", joined(stack)),
    "unstack": ("x, num=None, axis=0, name=None", unstack),
    "expand_dims": ("x, axis, name=None", expand_dims),
    "squeeze": ("x, axis=None, name=None", squeeze),
    "transpose": ("x, axes=None, conjugate=False, name=None", transpose),
    "matmul": ("x1, x2, transpose_a=False, transpose_b=False, **options", matmul),
    "linalg.matmul": ("x1, x2, transpose_a=False, transpose_b=False, **options", matmul),
    "tensordot": ("x1, x2, axes, name=None", joined(tensordot)),
    "einsum": ("x, *operands, **options", joined(einsum)),
    "cast": OPERATIONS["cast"],
    "where": ("condition, x1=None, x2=None", OPERATIONS["where"][1]),
    "repeat": ("x, repeats, axis=None, name=None", repeat),
    "tile": ("x, repeats, name=None", tile),
    "split": ("x, num_or_size_splits, axis=0, num=None, name=None", split_sizes),
    "pad": ("x, pad_width, mode='CONSTANT', constant_values=0, name=None", pad),
    "broadcast_to": ("x, newshape, name=None", broadcast_to),
    "gather": ("x, indices, validate_indices=None, axis=0, batch_dims=0, name=None", take),
    "nn.embedding_lookup": ("x, indices, axis=0, **options", take),
    "one_hot": ("x, num_classes, on_value=None, off_value=None, axis=-1, dtype=None, name=None", one_hot),
    "slice": ("x, start_indices, shape, name=None", slice_from),
    "math.top_k": ("x, k=1, sorted=True, **options", top_k),
    "nn.top_k": ("x, k=1, sorted=True, **options", top_k),
    "image.resize": ("x, size, method=None, preserve_aspect_ratio=False, antialias=False, name=None", resize),
    "image.rgb_to_grayscale": ("x, name=None", to_grayscale),
    "nn.max_pool2d": ("x, pool_size, strides, padding, data_format='NHWC', name=None", pool),
    "nn.avg_pool2d": ("x, pool_size, strides, padding, data_format='NHWC', name=None", pool),
    "nn.conv2d": ("x, kernel, strides, padding, data_format='NHWC', dilations=None, name=None", convolve),
}
"""What is followed inside of layers: signature (with the computation's names of the parameters) and computation."""

TENSORFLOW_NAMES = {
    "tensor": "x", "input": "x", "values": "xs", "input_tensor": "x", "shape": "newshape", "multiples": "repeats", "a": "x1", "b": "x2",
    "y": "x2", "perm": "axes", "indices": "x", "depth": "num_classes", "features": "x", "logits": "x", "params": "x", "value": "x",
    "images": "x", "paddings": "pad_width", "begin": "start_indices", "size": "shape", "filters": "kernel", "ksize": "pool_size", "image": "x",
    "equation": "x", "ids": "indices", "t": "x",
}  # fmt: skip
"""What TensorFlow calls the parameters, where the computations call them otherwise."""

__all__ = ["TENSORFLOW", "TENSORFLOW_NAMES"]
