"""Operations on images and other grids: resizing, sliding windows, colours."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from ...dims import ANY, NONE, Dim
from ...shapes import Shape
from ...values import Unknown, is_int, to_dim
from ..spec import TensorSpec
from ..tensors import UNKNOWN_SPEC
from .elementwise import spec
from .performing import Compute, Conflict
from .shaping import sizes


def resize(a: Mapping[str, Any]) -> TensorSpec:
    x, size = spec(a["x"]), a["size"]
    if x.shape.dims is None or not isinstance(size, tuple) or len(size) != 2:
        return UNKNOWN_SPEC
    rank = len(x.shape.dims)
    if rank not in (3, 4):
        raise Conflict("rank", "(height, width, channels), with or without a batch axis", str(x.shape))
    if a.get("data_format") not in (None, "channels_last") or a.get("preserve_aspect_ratio"):
        return UNKNOWN_SPEC
    height, width = sizes(size)
    return TensorSpec(Shape((*x.shape.dims[:-3], height, width, x.shape[-1])), "float32")


def to_grayscale(a: Mapping[str, Any]) -> TensorSpec:
    x = spec(a["x"])
    return TensorSpec(x.shape.replace(-1, 1), x.dtype)


def _window(size: Dim, kernel: Dim, stride: Dim, padding: str) -> Dim:
    if size.is_none:
        return size
    if size.known is None or kernel.known is None or stride.known is None:
        return ANY
    made = -(-size.known // stride.known) if padding == "same" else (size.known - kernel.known) // stride.known + 1
    if made <= 0:
        raise Conflict("window-too-large", f"at least {kernel} steps", str(size))
    return Dim(made)


def _each(value: Any, rank: int) -> list[Dim]:
    if is_int(value):
        return [to_dim(value)] * rank
    items = sizes(value) if isinstance(value, tuple) else []
    return items if len(items) == rank else items[1:-1] if len(items) == rank + 2 else [ANY] * rank


def pool(a: Mapping[str, Any]) -> TensorSpec:
    x, padding = spec(a["x"]), a.get("padding", "valid")
    if (
        x.shape.dims is None
        or a.get("data_format") not in (None, "channels_last", "NHWC")
        or not isinstance(padding, str)
    ):
        return UNKNOWN_SPEC
    rank = len(x.shape.dims) - 2
    strides = a.get("strides")
    window = _each(a["pool_size"], rank)
    steps = window if strides is None else _each(strides, rank)
    inner = [_window(d, k, s, padding.lower()) for d, k, s in zip(x.shape.dims[1:-1], window, steps)]
    return TensorSpec(Shape((x.shape[0], *inner, x.shape[-1])), x.dtype)


def convolve(a: Mapping[str, Any]) -> TensorSpec:
    x, kernel, padding = spec(a["x"]), spec(a["kernel"]), a.get("padding", "valid")
    if x.shape.dims is None or kernel.shape.dims is None or not isinstance(padding, str):
        return UNKNOWN_SPEC
    if a.get("data_format") not in (None, "channels_last", "NHWC") or isinstance(a.get("strides"), Unknown):
        return UNKNOWN_SPEC
    if any(a.get(name) not in (None, 1) for name in ("dilation_rate", "dilations")):
        return UNKNOWN_SPEC
    rank = len(x.shape.dims) - 2
    steps = _each(a.get("strides", 1), rank)
    inner = [_window(d, k, s, padding.lower()) for d, k, s in zip(x.shape.dims[1:-1], kernel.shape.dims, steps)]
    return TensorSpec(Shape((x.shape[0], *inner, kernel.shape[-1])), x.dtype)


def extract_patches(a: Mapping[str, Any]) -> TensorSpec:
    x, padding, size = spec(a["images"]), a.get("padding", "valid"), a["size"]
    if x.shape.dims is None or not isinstance(padding, str) or a.get("data_format") not in (None, "channels_last"):
        return UNKNOWN_SPEC
    if (
        a.get("dilation_rate", 1) != 1
        or len(x.shape.dims) not in (3, 4)
        or (isinstance(size, tuple) and len(size) != 2)
    ):
        return UNKNOWN_SPEC
    window = _each(size, 2)
    steps = window if a.get("strides") is None else _each(a["strides"], 2)
    inner = [_window(d, k, s, padding.lower()) for d, k, s in zip(x.shape.dims[-3:-1], window, steps)]
    return TensorSpec(Shape((*x.shape.dims[:-3], *inner, _product(*window, x.shape[-1]))), x.dtype)


def windows(a: Mapping[str, Any]) -> TensorSpec:
    """tf.image.extract_patches(images, sizes, strides, rates, padding): all windows of a picture, each as one row of numbers."""
    x, padding = spec(a["x"]), a["padding"]
    if x.shape.dims is None or not isinstance(padding, str):
        return UNKNOWN_SPEC
    if len(x.shape.dims) != 4:
        raise Conflict("rank", "(batch, height, width, channels)", str(x.shape))
    given = [a[name] for name in ("sizes", "strides", "rates")]
    if not all(isinstance(one, tuple) and len(one) == 4 for one in given):
        return UNKNOWN_SPEC
    size, steps, rates = (_each(one, 2) for one in given)
    wide = [ANY if None in (k.known, r.known) else Dim((k.known - 1) * r.known + 1) for k, r in zip(size, rates)]  # type: ignore[operator]
    inner = [_fitting(d, k, s, padding == "SAME") for d, k, s in zip(x.shape.dims[1:3], wide, steps)]
    if any(d.is_none for d in inner):
        inner = [NONE, NONE]
    return TensorSpec(Shape((x.shape[0], *inner, _product(*size, x.shape[-1]))), x.dtype)


def _fitting(size: Dim, window: Dim, stride: Dim, same: bool) -> Dim:
    """How many windows fit: none at all is no mistake here."""
    if size.is_none:
        return size
    if None in (size.known, window.known, stride.known):
        return ANY
    if same:
        return _window(size, window, stride, "same")
    return Dim(0) if size.known < window.known else _window(size, window, stride, "valid")  # type: ignore[operator]


def _product(*factors: Dim) -> Dim:
    known = [factor.known for factor in factors if factor.known is not None]
    return Dim(math.prod(known)) if len(known) == len(factors) else ANY


def depth_to_space(a: Mapping[str, Any]) -> TensorSpec:
    """tf.nn.depth_to_space(x, n): the channels of a pixel become a square of n * n pixels."""
    found = _in_blocks(a)
    if found is None:
        return UNKNOWN_SPEC
    (batch, height, width, channels), block = found
    if channels.known is not None and channels.known % block**2:
        raise Conflict("channels", f"a multiple of {block**2} channels", str(channels))
    left = ANY if channels.known is None else Dim(channels.known // block**2)
    return TensorSpec(Shape((batch, *(_times(d, block) for d in (height, width)), left)), spec(a["x"]).dtype)


def space_to_depth(a: Mapping[str, Any]) -> TensorSpec:
    """tf.nn.space_to_depth(x, n): a square of n * n pixels becomes the channels of one."""
    found = _in_blocks(a)
    if found is None:
        return UNKNOWN_SPEC
    (batch, height, width, channels), block = found
    for size in (height, width):
        if size.known is not None and size.known % block:
            raise Conflict("size", f"a multiple of {block} pixels", str(size))
    inner = [d if d.is_none else ANY if d.known is None else Dim(d.known // block) for d in (height, width)]
    return TensorSpec(Shape((batch, *inner, _times(channels, block**2))), spec(a["x"]).dtype)


def _in_blocks(a: Mapping[str, Any]) -> tuple[tuple[Dim, ...], int] | None:
    """The four axes of images, channels last, and the side of a block of their pixels; None where they aren't known."""
    x, block = spec(a["x"]), a["block_size"]
    if x.shape.dims is None or not is_int(block) or a.get("data_format") not in (None, "NHWC"):
        return None
    if len(x.shape.dims) != 4:
        raise Conflict("rank", "(batch, height, width, channels)", str(x.shape))
    return x.shape.dims, block


def _times(size: Dim, factor: int) -> Dim:
    return size if size.is_none else ANY if size.known is None else Dim(size.known * factor)


IMAGE_OPERATIONS: dict[str, tuple[str, Compute]] = {
    "image.resize": ("x, size, interpolation='bilinear', antialias=False, **options", resize),
    "image.extract_patches": (
        "images, size, strides=None, dilation_rate=1, padding='valid', data_format=None",
        extract_patches,
    ),
    "image.rgb_to_grayscale": ("x, data_format=None", to_grayscale),
    "max_pool": ("x, pool_size, strides=None, padding='valid', data_format=None", pool),
    "average_pool": ("x, pool_size, strides=None, padding='valid', data_format=None", pool),
    "conv": ("x, kernel, strides=1, padding='valid', data_format=None, dilation_rate=1", convolve),
}
