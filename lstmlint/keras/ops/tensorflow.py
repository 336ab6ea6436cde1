"""What `tf.*` functions compute of tensors, by the same rules of shapes as Keras's operations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...shapes import Shape
from ..spec import TensorSpec
from ..tensors import UNKNOWN_SPEC
from .elementwise import binary, same_shape_as, spec
from .images import convolve, depth_to_space, pool, resize, space_to_depth, to_grayscale, windows
from .indexing import gather, one_hot, slice_from, take, top_k
from .linear import einsum, matmul, tensordot
from .matrices import MATRICES
from .performing import Compute
from .reduction import argument, axes_of, moments, reduce
from .rows import ROWS
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
_FURTHER = (
    "math.ceil", "math.rint", "math.acosh", "math.asinh", "math.atanh", "math.lgamma", "math.digamma", "math.erfinv", "math.erfc",
    "math.cumulative_logsumexp", "math.bessel_i0", "math.bessel_i1", "random.shuffle", "reverse_sequence",
)  # fmt: skip
_TWO = (
    "floordiv", "math.floordiv", "math.floormod", "math.mod", "truediv", "math.truediv", "math.atan2", "math.multiply_no_nan", "math.xlogy",
    "math.xdivy",
)  # fmt: skip
_JUDGING = {
    "math.is_nan": "isnan",
    "math.is_inf": "isinf",
    "math.is_finite": "isfinite",
    "math.logical_not": "logical_not",
    "math.logical_xor": "logical_xor",
}
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


def _first_of(a: Mapping[str, Any]) -> TensorSpec:
    """add_n: the sum of tensors that are alike."""
    first = a["xs"][0] if isinstance(a["xs"], tuple) and a["xs"] else None
    return same_shape_as({"x": first})


def _scalar(a: Mapping[str, Any]) -> TensorSpec:
    """size: how many elements there are."""
    return TensorSpec(Shape(()), "int32")


def _of_logits(a: Mapping[str, Any]) -> TensorSpec:
    """sigmoid_cross_entropy_with_logits: a loss for each logit."""
    return binary({"x1": a["logits"], "x2": a["labels"]})


def _of_rows(a: Mapping[str, Any]) -> TensorSpec:
    """sparse_softmax_cross_entropy_with_logits: a loss for each row of logits."""
    logits = spec(a["logits"])
    return TensorSpec(logits.shape.remove(-1), logits.dtype) if logits.shape.dims else UNKNOWN_SPEC


def _of_one_hot_rows(a: Mapping[str, Any]) -> TensorSpec:
    """softmax_cross_entropy_with_logits: a loss for each row of logits; of (batch, classes) a size that the labels fix is fixed as well."""
    labels, logits, axis = spec(a["labels"]), spec(a["logits"]), a.get("axis", -1)
    if not logits.shape.dims or not labels.shape.dims or not isinstance(axis, int):
        return UNKNOWN_SPEC
    if len(labels.shape.dims) != len(logits.shape.dims):
        return UNKNOWN_SPEC
    [at] = axes_of(axis, len(logits.shape.dims)) or [-1]
    if len(logits.shape.dims) != 2:
        return TensorSpec(logits.shape.remove(at), logits.dtype)
    sizes = (left if right.exact is None else right for left, right in zip(labels.shape.dims, logits.shape.dims))
    return TensorSpec(Shape(tuple(sizes)).remove(at), logits.dtype)


TENSORFLOW: dict[str, tuple[str, Compute]] = {
    **{f"math.{n}": _SAME for n in _ALIKE},
    **dict.fromkeys(_TOP, _SAME),
    **{f"nn.{n}": _SAME for n in _NN},
    **{f"image.{n}": _SAME for n in _IMAGE},
    "math.l2_normalize": _SAME,
    **dict.fromkeys(_FURTHER, _SAME),
    **dict.fromkeys(_TWO, OPERATIONS["divide"]),
    **{name: OPERATIONS[operation] for name, operation in _JUDGING.items()},
    **MATRICES,
    **ROWS,
    "argsort": ("x, axis=-1, direction='ASCENDING', stable=False, name=None", OPERATIONS["argsort"][1]),
    **dict.fromkeys(("add_n", "math.add_n"), ("xs, name=None", _first_of)),
    "size": ("x, out_type=None, name=None", _scalar),
    "nn.sigmoid_cross_entropy_with_logits": ("labels=None, logits=None, name=None", _of_logits),
    "nn.softmax_cross_entropy_with_logits": ("labels, logits, axis=-1, name=None", _of_one_hot_rows),
    "nn.sparse_softmax_cross_entropy_with_logits": ("labels, logits, name=None", _of_rows),
    **dict.fromkeys(("math.count_nonzero", "math.reduce_euclidean_norm"), _REDUCING),
    **{n: OPERATIONS[n] for n in ("zeros_like", "ones_like")},
    **{p + n: OPERATIONS[n] for n in (*_BINARY, *_COMPARING) for p in ("", "math.")},
    "math.divide_no_nan": OPERATIONS["divide_no_nan"],
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
    **dict.fromkeys(
        ("matmul", "linalg.matmul"),
        ("x1, x2, transpose_a=False, transpose_b=False, adjoint_a=False, adjoint_b=False, **options", matmul),
    ),
    "tensordot": ("x1, x2, axes, name=None", joined(tensordot)),
    "einsum": ("x, *operands, **options", joined(einsum)),
    "cast": OPERATIONS["cast"],
    "where": ("condition, x1=None, x2=None", OPERATIONS["where"][1]),
    "repeat": ("x, repeats, axis=None, name=None", repeat),
    "tile": ("x, repeats, name=None", tile),
    "split": ("x, num_or_size_splits, axis=0, num=None, name=None", split_sizes),
    "pad": ("x, pad_width, mode='CONSTANT', constant_values=0, name=None", pad),
    "broadcast_to": ("x, newshape, name=None", broadcast_to),
    "gather": ("x, indices, validate_indices=None, axis=None, batch_dims=0, name=None", gather),
    "nn.embedding_lookup": ("x, indices, axis=0, **options", take),
    "one_hot": ("x, num_classes, on_value=None, off_value=None, axis=-1, dtype=None, name=None", one_hot),
    "slice": ("x, start_indices, shape, name=None", slice_from),
    "math.top_k": ("x, k=1, sorted=True, **options", top_k),
    "nn.top_k": ("x, k=1, sorted=True, **options", top_k),
    "image.resize": ("x, size, method=None, preserve_aspect_ratio=False, antialias=False, name=None", resize),
    "image.rgb_to_grayscale": ("x, name=None", to_grayscale),
    "image.extract_patches": ("x, sizes, strides, rates, padding, name=None", windows),
    "nn.depth_to_space": ("x, block_size, data_format='NHWC', name=None", depth_to_space),
    "nn.space_to_depth": ("x, block_size, data_format='NHWC', name=None", space_to_depth),
    "nn.max_pool2d": ("x, pool_size, strides, padding, data_format='NHWC', name=None", pool),
    "nn.avg_pool2d": ("x, pool_size, strides, padding, data_format='NHWC', name=None", pool),
    "nn.max_pool": ("x, pool_size, strides, padding, data_format=None, name=None", pool),
    "nn.avg_pool": ("x, pool_size, strides, padding, data_format=None, name=None", pool),
    "nn.conv2d": ("x, kernel, strides, padding, data_format='NHWC', dilations=None, name=None", convolve),
}
"""What is followed inside of layers: signature (with the computation's names of the parameters) and computation."""

TENSORFLOW_NAMES = {
    "tensor": "x", "input": "x", "values": "xs", "input_tensor": "x", "shape": "newshape", "multiples": "repeats", "a": "x1", "b": "x2",
    "y": "x2", "perm": "axes", "indices": "x", "depth": "num_classes", "features": "x", "logits": "x", "params": "x", "value": "x",
    "images": "x", "paddings": "pad_width", "begin": "start_indices", "size": "shape", "filters": "kernel", "ksize": "pool_size", "image": "x",
    "equation": "x", "ids": "indices", "t": "x", "inputs": "xs", "matrix": "x", "vec": "x2", "diagonal": "x",
}  # fmt: skip
"""What TensorFlow calls the parameters, where the computations call them otherwise."""

__all__ = ["TENSORFLOW", "TENSORFLOW_NAMES"]
