"""Preprocessing and augmentation of images: the colours change, the shape stays or becomes what was asked for."""

from __future__ import annotations

from ...dims import ANY, Dim
from ...shapes import Shape
from ..spec import Outcome, Use, layer


def _image(use: Use) -> Outcome:
    return Outcome(use.tensor, mask="lose")


layer(
    *(f"keras.layers.Random{_kind}" for _kind in ("Brightness", "Contrast", "Flip", "Rotation", "Translation", "Zoom")),
)(_image)  # fmt: skip
layer(
    *(
        f"keras.layers.{_kind}"
        for _kind in (
            "RandomColorDegeneration", "RandomColorJitter", "RandomGrayscale", "RandomHue", "RandomPosterization",
            "RandomSaturation", "RandomSharpness", "RandomShear", "RandomPerspective", "RandomGaussianBlur", "RandomInvert",
            "RandomErasing", "RandomElasticTransform", "Solarization", "AutoContrast", "Equalization",
        )
    ),
)(_image)  # fmt: skip


def _sized(use: Use) -> Outcome:
    x = use.tensor
    layout = use.value("data_format")
    if x.shape.rank not in (3, 4) or layout not in (None, "channels_last", "channels_first"):
        return Outcome(x.with_shape(Shape(None)), mask="lose")
    first = -2 if layout == "channels_first" else -3
    height, width = _size(use, "height"), _size(use, "width")
    return Outcome(x.with_shape(x.shape.replace(first, height).replace(first + 1, width)), mask="lose")


def _size(use: Use, name: str) -> Dim:
    size = use.size(name)
    return size if size.exact is not None else ANY


layer("keras.layers.Resizing", "keras.layers.CenterCrop", "keras.layers.RandomCrop")(_sized)
