"""`K.*`, the older backend of `tf.keras`: followed inside of layers (Lambda above all), refused on symbolic tensors elsewhere."""

from __future__ import annotations

from ...knowledge import function
from .elementwise import same_shape_as
from .indexing import one_hot, take
from .linear import batch_dot, dot
from .performing import Compute, operation
from .reduction import argument, reduce
from .refusing import refusing
from .shaping import (
    batch_flatten,
    concatenate,
    expand_dims,
    joined,
    ravel,
    repeat,
    repeat_vector,
    reshape,
    squeeze,
    stack,
    tile,
    transpose,
)
from .table import OPERATIONS

_SAME: tuple[str, Compute] = ("x, *rest, **options", same_shape_as)
_ALIKE = (
    "abs", "clip", "cos", "cumprod", "cumsum", "dropout", "elu", "exp", "hard_sigmoid", "l2_normalize", "log", "pow", "relu", "reverse", "round",
    "sigmoid", "sign", "sin", "softmax", "softplus", "softsign", "sqrt", "square", "stop_gradient", "tanh", "zeros_like", "ones_like", "bias_add",
)  # fmt: skip

BACKEND: dict[str, tuple[str, Compute]] = {
    **dict.fromkeys(_ALIKE, _SAME),
    **{
        n: OPERATIONS[n]
        for n in ("maximum", "minimum", "equal", "not_equal", "greater", "greater_equal", "less", "less_equal")
    },
    **dict.fromkeys(
        ("sum", "mean", "max", "min", "prod", "std", "var", "any", "all", "logsumexp"),
        ("x, axis=None, keepdims=False", reduce),
    ),
    **dict.fromkeys(("argmax", "argmin"), ("x, axis=-1", argument)),
    "cast": ("x, dtype", OPERATIONS["cast"][1]),
    "concatenate": ("xs, axis=-1", joined(concatenate)),
    "stack": ("x, axis=0", joined(stack)),
    "expand_dims": ("x, axis=-1", expand_dims),
    "squeeze": ("x, axis", squeeze),
    "reshape": ("x, newshape", reshape),
    "permute_dimensions": ("x, axes", transpose),
    "transpose": ("x", transpose),
    "repeat": ("x, n", repeat_vector),
    "repeat_elements": ("x, repeats, axis", repeat),
    "tile": ("x, repeats", tile),
    "flatten": ("x", ravel),
    "batch_flatten": ("x", batch_flatten),
    "dot": ("x1, x2", dot),
    "batch_dot": ("x1, x2, axes=None", batch_dot),
    "gather": ("x, indices", lambda a: take({**a, "axis": 0})),
    "one_hot": ("x, num_classes", one_hot),
}

ONLY_REFUSED = (
    "binary_crossentropy", "categorical_crossentropy", "conv1d", "conv2d", "conv2d_transpose", "conv3d", "count_params", "depthwise_conv2d",
    "map_fn", "pool2d", "pool3d", "resize_images", "shape", "sparse_categorical_crossentropy", "switch", "temporal_padding",
)  # fmt: skip

for _name, (_signature, _compute) in BACKEND.items():
    _full = f"keras.backend.{_name}"
    _handler = operation(_name, _signature, _compute)
    function(_full)(refusing(_full, _handler, _handler))
for _name in ONLY_REFUSED:
    function(f"keras.backend.{_name}")(refusing(f"keras.backend.{_name}", None, None))
