"""`tf.*` on Keras's tensors: followed inside of layers, where tensors are TensorFlow's own, and refused on symbolic ones elsewhere.

Importing this lets the functions that `lstmlint.libs.tensorflow` has registered know symbolic tensors.
"""

from __future__ import annotations

from ...knowledge import Call, Handler, find_function, function, parse_signature
from ...values import Array, ListValue, SizesTensor, Tensor, Unknown, Value, int_value, is_int
from ..symbolic import runs_on_symbols
from .performing import operation
from .refusing import refusing
from .tensorflow import TENSORFLOW, TENSORFLOW_NAMES

ONLY_REFUSED = (
    "broadcast_dynamic_shape", "constant", "convert_to_tensor", "debugging.assert_equal", "eye", "fill", "image.central_crop",
    "image.crop_and_resize", "image.crop_to_bounding_box", "image.pad_to_bounding_box", "image.resize_with_pad",
    "image.ssim", "math.segment_sum", "nn.conv1d", "nn.conv2d_transpose", "nn.conv3d", "nn.crelu",
    "nn.depthwise_conv2d", "nn.separable_conv2d", "rank", "scan", "shape", "signal.fft", "signal.rfft", "signal.stft",
    "strided_slice", "strings.as_string", "unique", "vectorized_map",
)  # fmt: skip
"""More that Keras refuses on a symbolic tensor, whose results are not calculated here."""


def _on_symbolic_tensors() -> None:
    """Let `tf.*` functions know symbolic tensors: Keras 3 refuses them outside of a layer's `call`."""
    for name, (signature, compute) in TENSORFLOW.items():
        full = f"tensorflow.{name}"
        followed = _renamed(operation(full, signature, compute), signature)
        if name == "unstack":
            followed = _unstacked(followed)
        function(full)(refusing(full, find_function(full), followed))
    for name in ONLY_REFUSED:
        full = f"tensorflow.{name}"
        function(full)(refusing(full, find_function(full), _dynamic_shape if name == "shape" else None))


def _renamed(handler: Handler, signature: str) -> Handler:
    """The handler with the parameters' names of TensorFlow."""
    parameters = parse_signature(signature)
    slots = {p.name for p in parameters}
    open_ = any(p.kind == "kwargs" for p in parameters)

    def renamed(call: Call) -> Value:
        call.kwargs = {k if k in slots else TENSORFLOW_NAMES.get(k, k): v for k, v in call.kwargs.items()}
        if "x1" in slots and "x" in call.kwargs:
            call.kwargs["x1"] = call.kwargs.pop("x")
        call.kwargs = {k: v for k, v in call.kwargs.items() if open_ or k in slots}
        return handler(call)

    return renamed


def _unstacked(handler: Handler) -> Handler:
    """`tf.unstack(tf.shape(x))` gives the sizes; of a tensor, its parts."""

    def unstacked(call: Call) -> Value:
        value = call.args[0] if call.args else call.kwargs.get("value")
        if isinstance(value, tuple) and all(
            is_int(size) or (isinstance(size, Tensor) and not size.shape.dims) for size in value
        ):
            count = call.args[1] if len(call.args) > 1 else call.kwargs.get("num")
            axis = call.args[2] if len(call.args) > 2 else call.kwargs.get("axis", 0)
            if axis in (0, -1) and count in (None, len(value)):
                return ListValue(list(value))
            return call.unknown("what is unstacked is not known")
        return handler(call)

    return unstacked


def _dynamic_shape(call: Call) -> Value:
    """`tf.shape(x)` inside of a layer: a tuple of sizes, with a scalar tensor for each that is not fixed."""
    value = call.args[0] if call.args else call.kwargs.get("input")
    if not isinstance(value, (Tensor, Array)) or value.shape.dims is None:
        return call.unknown("the shape is not known")
    from ...shapes import Shape

    def size(dim: Value) -> Value:
        return Tensor(Shape(()), "int32", place=call.place) if dim.is_none else int_value(dim)

    sizes = tuple(size(dim) for dim in value.shape.dims)
    if any(isinstance(s, Unknown) for s in sizes):
        return call.unknown("the shape is not known")
    return SizesTensor(sizes) if runs_on_symbols(call.engine) else sizes


_on_symbolic_tensors()
