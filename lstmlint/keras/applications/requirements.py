"""What the applications refuse, as Keras does it: classes, image sizes, widths and activations that can't be."""

from __future__ import annotations

from ...dims import Dim, same
from ...faults import Moment
from ...frozen import dataclass
from ...knowledge import Call
from ...shapes import UNKNOWN_SHAPE, Shape
from ...values import Arguments, ListValue, Tensor, Unknown, Value, is_int, to_dim
from ..inputs import standardize
from .architecture import Architecture

FIXED_WITHOUT_TOP = {"NASNetMobile": 224}
"""Applications whose input has a size even without top and `input_shape`."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for: with top or without, with published weights or not, and the input's shape without the batch axis."""

    include_top: bool
    imagenet: bool | None
    shape: Shape


def understood(call: Call, name: str, found: Architecture, arguments: Arguments) -> Request | str:
    """The request, checked as Keras checks it; a reason where it can't be told."""
    include_top = call.engine.truth(arguments["include_top"])
    if include_top is None:
        return "whether the top is included is not known"
    weights = arguments["weights"]
    imagenet = None if isinstance(weights, Unknown) else weights == "imagenet"
    check = _Check(call, name, arguments)
    if imagenet and include_top:
        check.classes()
    shape = check.shape(found, include_top, imagenet)
    if imagenet:
        check.widths()
    if include_top and weights is not None and imagenet is not None:
        check.activation()
    return Request(include_top, imagenet, shape)


@dataclass(frozen=True, slots=True)
class _Check:
    call: Call
    name: str
    arguments: Arguments

    def refuse(self, kind: str, argument: str, required: str, got: str, message: str) -> None:
        self.call.refuse(
            kind, required, got, message, moment=Moment.CONSTRUCT, blamed=(self.arguments.place(argument),), argument=argument
        )  # fmt: skip

    def classes(self) -> None:
        classes = self.arguments["classes"]
        if is_int(classes) and same(to_dim(classes), Dim(1000)) is False:
            self.refuse(
                "refused-argument", "classes", "1000 classes, or weights=None", str(classes),
                f"If using `weights='imagenet'` with `include_top=True`, `classes` should be 1000. Received classes={classes}",
            )  # fmt: skip

    def widths(self) -> None:
        allowed = {
            "MobileNet": (0.25, 0.5, 0.75, 1.0), "MobileNetV2": (0.35, 0.5, 0.75, 1.0, 1.3, 1.4), "MobileNetV3Small": (0.75, 1.0),
            "MobileNetV3Large": (0.75, 1.0),
        }.get(self.name)  # fmt: skip
        if allowed is None:
            return
        alpha, minimalistic = self.arguments["alpha"], self.call.engine.truth(self.arguments.get("minimalistic", False))
        if minimalistic:
            allowed = (1.0,)
        if minimalistic is not None and isinstance(alpha, (int, float)) and alpha not in allowed:
            words = ", ".join(str(a) for a in allowed)
            self.refuse(
                "refused-argument", "alpha", f"one of {words}, or weights=None", str(alpha),
                f"If imagenet weights are being loaded, `alpha` can be one of {words} only. Received alpha={alpha}",
            )  # fmt: skip
        multiplier = self.arguments.get("depth_multiplier", 1)
        if is_int(multiplier) and same(to_dim(multiplier), Dim(1)) is False:
            self.refuse(
                "refused-argument", "depth_multiplier", "1, or weights=None", str(multiplier),
                f"If imagenet weights are being loaded, depth multiplier must be 1. Received depth_multiplier={multiplier}",
            )  # fmt: skip

    def activation(self) -> None:
        activation = self.arguments["classifier_activation"]
        if isinstance(activation, str) and activation != "softmax":
            self.refuse(
                "refused-argument", "classifier_activation", "None or 'softmax', or weights=None", repr(activation),
                f"Only `None` and `softmax` activations are allowed for the `classifier_activation` argument when using pretrained weights, "
                f"with `include_top=True`; Received: classifier_activation={activation}",
            )  # fmt: skip

    def shape(self, found: Architecture, include_top: bool, imagenet: bool | None) -> Shape:
        """`obtain_input_shape`: the input's shape, without the batch axis."""
        value, tensor = self.arguments["input_shape"], self.arguments.get("input_tensor")
        place = self.arguments.place("input_shape")
        if isinstance(value, Unknown):
            return UNKNOWN_SHAPE
        given = None if value is None or value == () else standardize(self.call, value, place, "input_shape")
        if self.name.startswith("MobileNetV") and isinstance(tensor, Tensor):
            if (
                given is not None
                and tensor.shape.rank == 4
                and given.rank == 3
                and not _alike(tensor.shape[2], given[1])
            ):
                self.refuse(
                    "axis-size", "input_shape", f"the width of input_tensor, {tensor.shape[2]}", str(given[1]),
                    f"input_tensor.shape[2] must equal input_shape[1]; Received `input_tensor.shape={tensor.shape}`, `input_shape={given}`",
                )  # fmt: skip
        if found.sizes is None:
            return self._unchecked(given, tensor, value)
        default, least = found.sizes
        if given is None:
            if self.name in FIXED_WITHOUT_TOP and not include_top:
                return Shape.of(FIXED_WITHOUT_TOP[self.name], FIXED_WITHOUT_TOP[self.name], 3)
            if isinstance(tensor, Tensor) and self.name == "MobileNetV2" and imagenet is False:
                return UNKNOWN_SHAPE  # only the tensor's own shape counts
            return Shape.of(default, default, 3) if include_top else Shape.of(None, None, 3)
        if given.rank is not None and given.rank != 3:
            self.refuse(
                "rank", "input_shape", "(height, width, channels)", str(given), "`input_shape` must be a tuple of three integers."
            )  # fmt: skip
        if given.dims is None:
            return given
        height, width, channels = given.dims
        if imagenet and include_top:
            wanted = Shape.of(*[self._own_default(height, width, default)] * 2, 3)
            if isinstance(value, ListValue) or any(same(a, b) is False for a, b in zip(given.dims, wanted.dims or ())):
                self.refuse(
                    "axis-size", "input_shape", str(wanted), str(given),
                    f"When setting `include_top=True` and loading `imagenet` weights, `input_shape` should be {wanted}. "
                    f"Received: input_shape={given}",
                )  # fmt: skip
        if imagenet and same(channels, Dim(3)) is False:
            self.refuse(
                "axis-size", "input_shape", "3 channels, or weights=None", str(given),
                f"The input must have 3 channels; Received `input_shape={given}`",
            )  # fmt: skip
        for size in (height, width):
            if size.known is not None and size.known < least:
                self.refuse(
                    "axis-size", "input_shape", f"at least {least} x {least} pixels", str(given),
                    f"Input size must be at least {least}x{least}; Received: input_shape={given}",
                )  # fmt: skip
        if include_top and any(d.is_none for d in given.dims):
            self.refuse(
                "undefined-axis", "input_shape", "a fixed size", str(given),
                f"If `include_top` is True, you should specify a static `input_shape`. Received: input_shape={given}",
            )  # fmt: skip
        if (
            self.name.startswith("NASNet")
            and imagenet
            and isinstance(value, tuple)
            and any(d.is_none for d in given.dims)
        ):
            self.refuse(
                "undefined-axis", "input_shape", "a fixed size, or weights=None", str(given),
                "When specifying the input shape of a NASNet and loading `ImageNet` weights, the input_shape argument must be static",
            )  # fmt: skip
        return given

    def _own_default(self, height: Dim, width: Dim, default: int) -> int:
        """MobileNets count several sizes as their default."""
        sizes = {"MobileNet": (128, 160, 192, 224), "MobileNetV2": (96, 128, 160, 192, 224)}.get(self.name, ())
        return (
            height.known
            if height.known is not None and height.known == width.known and height.known in sizes
            else default
        )

    def _unchecked(self, given: Shape | None, tensor: Value, value: Value) -> Shape:
        """MobileNetV3 has a check of its own: only sizes below 32 are refused."""
        if given is None:
            if not isinstance(tensor, Tensor) or tensor.shape.rank != 4:
                return Shape.of(None, None, 3)
            given = Shape.of(tensor.shape[2], tensor.shape[1], 3)
        if given.dims is None or len(given.dims) < 2:
            return given
        small = [d.known is not None and d.known < 32 for d in given.dims[:2]]
        if any(small) and all(d.known for d in given.dims[:2]):
            self.refuse(
                "axis-size", "input_shape", "at least 32 x 32 pixels", str(given),
                f"Input size must be at least 32x32; Received `input_shape={given}`",
            )  # fmt: skip
        return given


def _alike(a: Dim, b: Dim) -> bool:
    """Python's `!=` on sizes: None is unlike any number."""
    if a.is_none or b.is_none:
        return (a.is_none and b.is_none) or a.is_unknown or b.is_unknown
    return same(a, b) is not False
