"""Operations on images and other grids: resizing, sliding windows, colours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...dims import ANY, Dim
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
    height, width, channels = window[0].known, window[1].known, x.shape[-1].known
    depth = Dim(height * width * channels) if None not in (height, width, channels) else ANY  # type: ignore[operator]
    return TensorSpec(Shape((*x.shape.dims[:-3], *inner, depth)), x.dtype)


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
