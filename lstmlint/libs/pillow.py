"""Pillow (`PIL`): pictures that NumPy sees as (height, width, channels), grey ones as (height, width), and that say their size as (width, height)."""

from __future__ import annotations

from typing import Any

from ..dims import ANY, Dim
from ..knowledge import Call, attribute, base, function, method
from ..values import Array, External, Value, int_value, is_int, to_dim
from .numpy.arrays import as_array
from .pictures import Sides, asked, channels_of, shape_of, sides_of

PICTURE = "PIL.Image.Image"
base(PICTURE, "builtins.object")

CHANNELS = dict.fromkeys(["1", "L", "P", "I", "F"], 1) | {"LA": 2, "RGBA": 4, "CMYK": 4} | dict.fromkeys(
    ["RGB", "HSV", "YCbCr", "LAB"], 3
)  # fmt: skip
"""The channels of Pillow's modes; a single one has no axis."""

_NUMBERS: dict[str, tuple[str, int | None]] = {"1": ("bool", None), "I": ("int", 32), "F": ("float", 32)}
"""What the pixels of other modes are than whole numbers up to 255."""


def picture(
    call: Call, sides: Sides, channels: Dim | int | None, kind: str | None = None, bits: int | None = None
) -> Array:
    """A picture of these sides. Where nobody knows the channels (None) its rank isn't known either, but the sides are kept."""
    low, high = (0.0, 255.0) if kind == "int" and bits == 8 else (None, None)
    return Array(shape_of(sides, channels), kind, PICTURE, bits, low, high, place=call.place, facts={"sides": sides})


def _of_mode(call: Call, sides: Sides, mode: Value) -> Array:
    """A picture of a mode ("RGB", "L")."""
    channels = CHANNELS.get(mode) if isinstance(mode, str) else None
    if channels is None:
        return picture(call, sides, None)
    return picture(call, sides, channels, *_NUMBERS.get(str(mode), ("int", 8)))


def _own(call: Call) -> Array:
    own = call.receiver if isinstance(call.receiver, Array) else as_array(call, call.args[0] if call.args else None)
    return own if own is not None else picture(call, (ANY, ANY), None)


def _sides(own: Array) -> Sides:
    kept: Any = own.facts.get("sides") if own.shape.dims is None else None
    return sides_of(own) if kept is None else kept


def _with(call: Call, sides: Sides) -> Array:
    """The same picture with other sides."""
    own = _own(call)
    return picture(call, sides, channels_of(own), own.dtype, own.bits)


@function("PIL.Image.open")
def open_(call: Call) -> Value:
    """Image.open(file): neither its size nor its mode is known."""
    return picture(call, (ANY, ANY), None)


@function("PIL.Image.new")
def new(call: Call) -> Value:
    """Image.new(mode, size, color=0)"""
    arguments = call.bind("mode, size, color=0")
    return _of_mode(call, asked(arguments["size"]), arguments["mode"])


@function("PIL.Image.fromarray")
def fromarray(call: Call) -> Value:
    """Image.fromarray(obj, mode=None)"""
    source = as_array(call, call.args[0] if call.args else call.kwargs.get("obj"))
    if source is None or source.shape.rank not in (2, 3):
        return picture(call, (ANY, ANY), None)
    return picture(call, sides_of(source), channels_of(source), source.dtype, source.bits)


@method(f"{PICTURE}.convert")
def convert(call: Call) -> Value:
    """picture.convert(mode)"""
    return _of_mode(call, _sides(_own(call)), call.args[0] if call.args else call.kwargs.get("mode"))


@method(f"{PICTURE}.resize")
def resize(call: Call) -> Value:
    """picture.resize((width, height), resample=None)"""
    return _with(call, asked(call.args[0] if call.args else call.kwargs.get("size")))


@function("PIL.ImageOps.fit", "PIL.ImageOps.pad")
def fit(call: Call) -> Value:
    """ImageOps.fit(image, (width, height))"""
    return _with(call, asked(call.args[1] if len(call.args) > 1 else call.kwargs.get("size")))


@method(f"{PICTURE}.crop")
def crop(call: Call) -> Value:
    """picture.crop((left, upper, right, lower))"""
    box = call.args[0] if call.args else call.kwargs.get("box")
    if isinstance(box, tuple) and len(box) == 4 and all(is_int(side) for side in box):
        left, upper, right, lower = map(to_dim, box)
        return _with(call, (lower - upper, right - left))
    return _with(call, (ANY, ANY))


@method(f"{PICTURE}.rotate")
def rotate(call: Call) -> Value:
    """picture.rotate(angle, expand=False): of the same size unless it grows with the corners."""
    grows = call.kwargs.get("expand", call.args[2] if len(call.args) > 2 else False) not in (False, 0)
    return _with(call, (ANY, ANY) if grows or call.open else _sides(_own(call)))


@method(f"{PICTURE}.transpose")
def transpose(call: Call) -> Value:
    """picture.transpose(method): flipped, or turned by a multiple of 90 degrees."""
    how = call.args[0] if call.args else call.kwargs.get("method")
    name = how.name.rpartition(".")[2] if isinstance(how, External) else ""
    height, width = _sides(_own(call))
    if name.startswith("FLIP_") or name == "ROTATE_180":
        return _with(call, (height, width))
    return _with(call, (width, height) if name.startswith(("ROTATE_", "TRANS")) else (ANY, ANY))


@method(f"{PICTURE}.reduce", f"{PICTURE}.transform")
@function("PIL.ImageOps.expand", "PIL.ImageOps.crop", "PIL.ImageOps.contain", "PIL.ImageOps.exif_transpose")
def other_sides(call: Call) -> Value:
    """Changes of the size."""
    return _with(call, (ANY, ANY))


@method(*(f"{PICTURE}.{name}" for name in ("copy", "filter", "point", "__enter__", "effect_spread")))
@function(*(f"PIL.ImageOps.{name}" for name in ("invert", "autocontrast", "equalize", "mirror", "flip", "posterize", "solarize")))  # fmt: skip
def same_sides(call: Call) -> Value:
    """Changes that keep the size."""
    return _with(call, _sides(_own(call)))


@function("PIL.ImageOps.grayscale")
def grayscale(call: Call) -> Value:
    """ImageOps.grayscale(image)"""
    return _of_mode(call, _sides(_own(call)), "L")


@method(f"{PICTURE}.thumbnail")
def thumbnail(call: Call) -> Value:
    """picture.thumbnail(size) makes the picture itself smaller, in proportion."""
    own = call.receiver
    if isinstance(own, Array):
        smaller = _with(call, (ANY, ANY))
        own.shape, own.facts["sides"] = smaller.shape, (ANY, ANY)
    return None


@method(*(f"{PICTURE}.{name}" for name in ("save", "show", "close", "verify", "seek", "paste", "putpixel", "putalpha", "putdata")))  # fmt: skip
def show(call: Call) -> Value:
    """What shows, stores or changes a picture gives nothing."""
    return None


@attribute(f"{PICTURE}.size")
def size(call: Call) -> Value:
    """picture.size: (width, height), the other way round."""
    height, width = _sides(_own(call))
    return int_value(width), int_value(height)


@attribute(f"{PICTURE}.width", f"{PICTURE}.height")
def side(call: Call) -> Value:
    """picture.width, picture.height"""
    return int_value(_sides(_own(call))[call.name.endswith("width")])
