"""What OpenCV and Pillow have in common: pictures of (height, width, channels), where a single channel has no axis, and sizes as (width, height)."""

from __future__ import annotations

from ..dims import ANY, Dim
from ..shapes import UNKNOWN_SHAPE, Shape
from ..values import Array, Value, to_dim
from .numpy.arrays import target_dims

Sides = tuple[Dim, Dim]
"""Height and width."""


def shape_of(sides: Sides, channels: Dim | int | None) -> Shape:
    """The shape of a picture; where nobody knows the channels (None) not even its rank is known."""
    if channels is None:
        return UNKNOWN_SHAPE
    return Shape(sides if channels == 1 else (*sides, to_dim(channels)))


def sides_of(picture: Array) -> Sides:
    """Height and width of a picture."""
    dims = picture.shape.dims or ()
    return (dims[0], dims[1]) if len(dims) in (2, 3) else (ANY, ANY)


def channels_of(picture: Array) -> Dim | int | None:
    """The channels of a picture; None where its rank isn't known."""
    dims = picture.shape.dims or ()
    return 1 if len(dims) == 2 else dims[2] if len(dims) == 3 else None


def asked(size: Value) -> Sides:
    """Height and width of a size that is given as (width, height)."""
    dims = target_dims(size)
    return (dims[1], dims[0]) if dims is not None and len(dims) == 2 else (ANY, ANY)
