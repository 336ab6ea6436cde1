"""`tf.image` and `tf.io.decode_*`: pictures, (height, width, channels) each, with or without a batch axis."""

from __future__ import annotations

from ...dims import ANY, NONE, Dim
from ...knowledge import Call, function
from ...shapes import UNKNOWN_SHAPE, Shape
from ...values import Array, Value
from ..numpy.arrays import dtype_of, target_dims
from .tensors import TENSOR

_DECODERS = ("decode_jpeg", "decode_png", "decode_image", "decode_bmp", "decode_gif", "decode_and_crop_jpeg")


@function(*(f"tensorflow.{package}.{name}" for package in ("image", "io") for name in _DECODERS))
def decode(call: Call) -> Value:
    """tf.io.decode_jpeg(contents, channels=0): whole numbers up to 255, of the file's size."""
    short = call.name.rpartition(".")[2]
    channels = call.kwargs.get("channels", call.args[1] if len(call.args) > 1 else None)
    last = Dim(int(channels)) if isinstance(channels, int) and channels > 0 else NONE
    kind, bits = dtype_of(call.kwargs["dtype"]) if "dtype" in call.kwargs else ("int", 8)
    if short == "decode_gif" or (short == "decode_image" and call.kwargs.get("expand_animations", True) is not False):
        return Array(UNKNOWN_SHAPE, kind, TENSOR, bits, place=call.place)
    return Array(Shape((NONE, NONE, last)), kind, TENSOR, bits, 0, 255 if kind == "int" else None, place=call.place)


def _source(call: Call) -> Array | None:
    value = call.args[0] if call.args else call.kwargs.get("images", call.kwargs.get("image"))
    return value if isinstance(value, Array) else None


@function("tensorflow.image.resize", "tensorflow.image.resize_with_pad", "tensorflow.image.resize_with_crop_or_pad",
          "tensorflow.image.crop_to_bounding_box", "tensorflow.image.resize_images", "tensorflow.image.random_crop")  # fmt: skip
def resize(call: Call) -> Value:
    """tf.image.resize(images, (height, width)): floats of this height and width."""
    short = call.name.rpartition(".")[2]
    image = _source(call)
    if short in ("resize", "resize_images"):
        size = target_dims(call.args[1] if len(call.args) > 1 else call.kwargs.get("size"))
    elif short == "random_crop":
        whole = target_dims(call.args[1] if len(call.args) > 1 else call.kwargs.get("size"))
        return Array(
            Shape(whole) if whole else UNKNOWN_SHAPE,
            image.dtype if image else None,
            TENSOR,
            image.bits if image else None,
        )
    elif short == "crop_to_bounding_box":
        size = target_dims(tuple(call.args[3:5])) if len(call.args) > 4 else None
    else:
        given = [call.kwargs.get(n) for n in ("target_height", "target_width")]
        size = (
            target_dims(tuple(call.args[1:3]))
            if len(call.args) > 2
            else target_dims(tuple(given))
            if None not in given
            else None
        )
    if size is None or len(size) != 2:
        size = (ANY, ANY)
    nearest = "nearest" in str(call.kwargs.get("method", call.args[2] if len(call.args) > 2 else "")).lower()
    kept = short in ("resize_with_crop_or_pad", "crop_to_bounding_box")
    kind, bits = ("float", 32) if short in ("resize", "resize_with_pad") and not nearest else (None, None)
    if kept and image is not None:
        kind, bits = image.dtype, image.bits
    if image is None or image.shape.rank not in (3, 4):
        return Array(UNKNOWN_SHAPE, kind, TENSOR, bits, place=call.place)
    dims = image.shape.dims or ()
    low, high = (image.low, image.high) if short == "resize" and call.kwargs.get("method") is None else (None, None)
    return Array(Shape((*dims[:-3], *size, dims[-1])), kind, TENSOR, bits, low, high, place=call.place)


@function("tensorflow.image.convert_image_dtype")
def convert(call: Call) -> Value:
    """tf.image.convert_image_dtype(image, dtype): whole numbers become floats in [0, 1]."""
    image = _source(call)
    kind, bits = dtype_of(call.args[1] if len(call.args) > 1 else call.kwargs.get("dtype"))
    scaled = kind == "float" and image is not None and image.dtype == "int"
    shape = image.shape if image is not None else UNKNOWN_SHAPE
    return Array(shape, kind, TENSOR, bits, 0.0 if scaled else None, 1.0 if scaled else None, place=call.place)


@function("tensorflow.image.rgb_to_grayscale", "tensorflow.image.grayscale_to_rgb")
def channels(call: Call) -> Value:
    """One channel out of three, or three out of one."""
    image = _source(call)
    if image is None or not image.shape.dims:
        return Array(UNKNOWN_SHAPE, image.dtype if image else None, TENSOR)
    last = 1 if call.name.endswith("grayscale") else 3
    return Array(image.shape.replace(-1, last), image.dtype, TENSOR, image.bits, place=call.place)


_SAME = (
    "random_flip_left_right", "random_flip_up_down", "flip_left_right", "flip_up_down", "random_brightness", "random_contrast", "random_hue",
    "random_saturation", "adjust_brightness", "adjust_contrast", "adjust_saturation", "adjust_hue", "per_image_standardization", "stateless_random_flip_left_right",
    "stateless_random_brightness", "stateless_random_contrast",
)  # fmt: skip


@function(*(f"tensorflow.image.{name}" for name in _SAME))
def kept(call: Call) -> Value:
    """Changes that keep the shape."""
    image = _source(call)
    if image is None:
        return Array(UNKNOWN_SHAPE, None, TENSOR)
    whole = call.name.endswith("standardization")
    return Array(image.shape, "float" if whole else image.dtype, TENSOR, 32 if whole else image.bits, place=call.place)
