"""What stands beside the architectures: preparing images for them, and reading their predictions."""

from __future__ import annotations

from ...knowledge import Call, bind, function, parse_signature
from ...shapes import Shape, same_shape
from ...values import Array, Made, Tensor, Value

MODULES = (
    "convnext", "densenet", "efficientnet", "efficientnet_v2", "imagenet_utils", "inception_resnet_v2", "inception_v3", "mobilenet",
    "mobilenet_v2", "mobilenet_v3", "nasnet", "resnet", "resnet50", "resnet_v2", "vgg16", "vgg19", "xception",
)  # fmt: skip
UNTOUCHED = ("convnext", "efficientnet", "efficientnet_v2", "mobilenet_v3")
"""Their models scale the pixels themselves: `preprocess_input` gives back what it gets."""

_CLASSES = Shape.of(1000)


@function(*(f"keras.applications.{module}.preprocess_input" for module in MODULES))
def preprocess_input(call: Call) -> Value:
    """The same images with other values: the shape stays, whole numbers become float32."""
    arguments = bind(call, parse_signature("x, data_format=None, mode='caffe'"))
    x = arguments["x"]
    if call.name.split(".")[2] in UNTOUCHED:
        return x
    if isinstance(x, Tensor):
        return _on_tensor(call, x)
    if not isinstance(x, Array):
        return call.unknown("what goes into `preprocess_input` is not known")
    same = x.dtype == "float"
    return Array(
        x.shape, "float", x.type_name, x.bits if same else 32, made=Made(call.name, (x,), call.place), place=call.place, name=x.name
    )  # fmt: skip


def _on_tensor(call: Call, x: Tensor) -> Value:
    """On a symbolic tensor (rescaling inside a model): the mode decides which operations that takes, the shape is the same."""
    from ..ops import perform
    from ..spec import TensorSpec

    return perform(call, {"x": x}, lambda a: TensorSpec(a["x"].shape, a["x"].dtype), "preprocess_input")


@function(*(f"keras.applications.{module}.decode_predictions" for module in MODULES))
def decode_predictions(call: Call) -> Value:
    """The names of the likeliest classes: a list of lists of tuples. Refuses anything but (samples, 1000)."""
    arguments = bind(call, parse_signature("preds, top=5"))
    predictions = arguments["preds"]
    if isinstance(predictions, Array) and predictions.shape.dims is not None:
        shape = predictions.shape
        wrong = shape.rank != 2 or same_shape(shape.slice(1), _CLASSES) is False
        if wrong:
            call.refuse(
                "axis-size", "(samples, 1000)", str(shape),
                f"`decode_predictions` expects a batch of predictions (i.e. a 2D array of shape (samples, 1000)). Received array with shape: {shape}",
                blamed=(arguments.place("preds"),),
            )  # fmt: skip
    return call.unknown("what the predictions say is not known", "list")
