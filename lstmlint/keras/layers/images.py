"""Preprocessing and augmentation of images: the colours change, the shape stays or becomes what was asked for."""

from __future__ import annotations

from ...dims import ANY, Dim
from ...faults import Moment
from ...shapes import Shape
from ...values import Value, is_known, to_dim
from ..inside import inside_call
from ..spec import ConstructorCheck, Outcome, Use, layer
from .arguments import checks, items, layout, number, refuse, shown

ONE, UNIT = (-1.0, 1.0), (0.0, 1.0)
FACTORS: dict[str, dict[str, tuple[float, float]]] = {
    "RandomBrightness": {"factor": ONE},
    "RandomContrast": {"factor": UNIT},
    "RandomRotation": {"factor": ONE},
    "RandomFlip": {},
    "RandomZoom": {"height_factor": ONE, "width_factor": ONE},
    "RandomTranslation": {"height_factor": ONE, "width_factor": ONE},
    "RandomColorDegeneration": {"factor": UNIT},
    "RandomColorJitter": {
        "brightness_factor": ONE,
        "contrast_factor": UNIT,
        "saturation_factor": UNIT,
        "hue_factor": UNIT,
    },
    "RandomGrayscale": {"factor": UNIT},
    "RandomHue": {"factor": UNIT},
    "RandomPosterization": {"factor": (1.0, 8.0)},
    "RandomSaturation": {"factor": UNIT},
    "RandomSharpness": {"factor": UNIT},
    "RandomShear": {"x_factor": UNIT, "y_factor": UNIT},
    "RandomPerspective": {"factor": UNIT, "scale": UNIT},
    "RandomGaussianBlur": {"factor": UNIT},
    "RandomInvert": {"factor": UNIT},
    "RandomErasing": {"factor": UNIT},
    "RandomElasticTransform": {"factor": UNIT},
    "Solarization": {"addition_factor": UNIT, "threshold_factor": UNIT},
    "AutoContrast": {},
    "Equalization": {},
    "AugMix": {"factor": UNIT},
    "RandAugment": {"factor": UNIT},
    "MixUp": {},
    "CutMix": {"factor": UNIT},
    "ContrastLimitedAdaptiveHistogramEqualization": {},
    "MaxNumBoundingBoxes": {},
}
"""Layer class -> its strengths, with the numbers between which each must lie."""
FILL_MODES = ("reflect", "wrap", "constant", "nearest")


def _factor(name: str, low: float, high: float) -> ConstructorCheck:
    """A number, or two, within these bounds."""

    def check(use: Use) -> None:
        value = use.value(name)
        if value is None or not use.config.explicit(name):
            return
        row = items(value)
        inside = True
        if row is not None:
            inside = len(row) == 2 and not any(
                (f := number(v)) is not None and _beyond(use, f, i, low, high) for i, v in enumerate(row)
            )
        elif is_known(value):
            found = number(value)
            inside = found is not None and low <= found <= high
        if not inside:
            refuse(
                use, name, f"a number, or two, from {low:g} to {high:g}",
                f"The `{name}` argument should be a number (or a list of two numbers) in the range [{low:g}, {high:g}]. Received: {name}={shown(value)}",
            )  # fmt: skip

    return check


def _beyond(use: Use, value: float, index: int, low: float, high: float) -> bool:
    """Of two numbers, most layers only ask whether the first is too large or the second too small."""
    if use.layer.class_name in ("RandomZoom", "RandomTranslation"):
        return not low <= value <= high
    return value > high if index == 0 else value < low


def _fill_mode(use: Use) -> None:
    value = use.value("fill_mode")
    if isinstance(value, str) and value not in FILL_MODES:
        refuse(
            use, "fill_mode", " or ".join(repr(m) for m in FILL_MODES), f"Unknown `fill_mode` {value}. Expected of one {FILL_MODES}.",
            exception="NotImplementedError",
        )  # fmt: skip


def _constructor(name: str) -> ConstructorCheck:
    own = [_factor(argument, *bounds) for argument, bounds in FACTORS[name].items()]
    fill = [_fill_mode] if name in ("RandomRotation", "RandomZoom", "RandomTranslation", "RandomShear") else []
    return checks(layout, *own, *fill)


def _image(use: Use) -> Outcome:
    return Outcome(use.tensor, mask="destroy")


def _cycle(use: Use) -> Outcome:
    """`Equalization` gives Keras its own input as the output, which no model can be made of, unless it was cast before."""
    given = use.tensor.dtype or ""
    cast = given.lstrip("b").startswith("float") and use.dtype != given
    if use.moment in (Moment.ADD, Moment.BUILD) and given and not cast:
        use.refuse("cycle", "", "", f"Tensor {use.tensor.shape} from operation '{use.layer.name}' is part of a cycle.")
    return Outcome(use.tensor, mask="keep")


for _name in FACTORS.keys() - {"RandomColorDegeneration"}:
    layer(f"keras.layers.{_name}", constructor=_constructor(_name))(_cycle if _name == "Equalization" else _image)


@layer("keras.layers.RandomColorDegeneration", constructor=_constructor("RandomColorDegeneration"))
def color_degeneration(use: Use) -> Outcome:
    x = use.tensor
    if x.shape.dims is not None:
        if len(x.shape) not in (3, 4):
            use.refuse(
                "rank",
                "3 or 4 axes",
                str(x.shape),
                f"Invalid images rank: expected rank 3 or rank 4. Received: input_shape={x.shape}",
                shape=x.shape,
            )
        channels = x.shape[-1] if use.layout == "channels_last" else x.shape[-3] if use.layout else ANY
        if channels.known not in (None, 3):
            use.refuse(
                "channels",
                "3 channels",
                str(channels),
                f"Input images must have 3 channels, but received images with {channels} channels.",
                shape=x.shape,
            )
    return Outcome(x, mask="destroy")


def _sized(use: Use) -> Outcome:
    """Height and width as asked for; the rank must be 3 or 4, and what else happens with it depends on the layer."""
    x, name = use.tensor, use.layer.class_name
    if x.shape.dims is None or use.layout is None:
        return Outcome(x.with_shape(Shape(None)), mask="destroy")
    rank = len(x.shape)
    if name == "CenterCrop" and rank not in (3, 4):
        use.refuse(
            "rank", "3 or 4 axes", str(x.shape), "`input_shape` must be a non-nested tuple or list of rank-1 with size 3 (unbatched) or 4 (batched).",
            shape=x.shape,
        )  # fmt: skip
    first = -2 if use.layout == "channels_first" else -3
    if name == "Resizing" and rank != 4:  # every other rank is taken for one image
        first = 1 if use.layout == "channels_first" else 0
    if not -rank <= first < rank or first + 1 >= rank:
        use.refuse(
            "rank",
            "3 or 4 axes",
            str(x.shape),
            "list assignment index out of range",
            exception="IndexError",
            shape=x.shape,
        )
    made = x.shape.replace(first, _size(use, "height")).replace(first + 1, _size(use, "width"))
    if name == "CenterCrop" and inside_call():  # TensorFlow does not see what is cut out of an image of any size
        for axis in (first, first + 1):
            made = made.replace(axis, None) if x.shape[axis].is_none else made
    return Outcome(x.with_shape(made), mask="destroy")


def _size(use: Use, name: str) -> Dim:
    value: Value = use.value(name)
    return to_dim(value) if use.size(name).exact is not None else ANY


layer("keras.layers.Resizing", "keras.layers.CenterCrop", "keras.layers.RandomCrop", constructor=layout)(_sized)
