"""OpenCV (`cv2`): pictures are arrays of (height, width, channels), grey ones of (height, width), sizes are given as (width, height)."""

from __future__ import annotations

from ..dims import ANY
from ..knowledge import Call, base, function, method, silent
from ..patterns import pattern
from ..shapes import UNKNOWN_SHAPE, Shape
from ..values import Array, External, ListValue, Object, Value
from .numpy.arrays import as_array, make
from .pictures import Sides, asked, shape_of, sides_of

VIDEO = "cv2.VideoCapture"
base(VIDEO, "builtins.object")

_FLAGS = {"IMREAD_GRAYSCALE": 0, "IMREAD_COLOR": 1, "IMREAD_COLOR_BGR": 1, "IMREAD_COLOR_RGB": 1}
_CODE = pattern(r"COLOR_(?:BGR|RGB|BGRA|RGBA|GRAY|HSV|HLS|LAB|Lab|LUV|Luv|XYZ|YCrCb|YCR_CB|YUV)2(\w+)\Z")
_CHANNELS = {"GRAY": 1, "BGRA": 4, "RGBA": 4} | dict.fromkeys(
    ["BGR", "RGB", "HSV", "HSV_FULL", "HLS", "HLS_FULL", "LAB", "Lab", "LUV", "Luv", "XYZ", "YCrCb", "YCR_CB", "YUV"], 3
)


def _constant(value: Value) -> str:
    """The name of one of OpenCV's constants."""
    return value.name.rpartition(".")[2] if isinstance(value, External) else ""


def _picture(call: Call, sides: Sides, channels: int | None) -> Array:
    """A picture of whole numbers up to 255."""
    return Array(shape_of(sides, channels), "int", bits=8, low=0, high=255, place=call.place)


@function("cv2.imread", "cv2.imdecode")
def imread(call: Call) -> Value:
    """cv2.imread(filename, flags=IMREAD_COLOR), cv2.imdecode(buffer, flags): what a picture's file holds, three channels unless it is read as grey."""
    flags = call.args[1] if len(call.args) > 1 else call.kwargs.get("flags", 1)
    number = _FLAGS.get(_constant(flags), flags)
    return _picture(call, (ANY, ANY), {0: 1, 1: 3}.get(number) if isinstance(number, int) else None)


def _source(call: Call, name: str = "src") -> Array:
    """The picture that is given; one of an unknown shape for what isn't known."""
    value = call.args[0] if call.args else call.kwargs.get(name)
    found = as_array(call, value)
    return found if found is not None else make(call, UNKNOWN_SHAPE, None, value)


def _with_sides(call: Call, source: Array, sides: Sides) -> Array:
    """The same picture with this height and width; a single channel loses its axis."""
    if source.shape.rank not in (2, 3):
        return make(call, UNKNOWN_SHAPE, source.dtype, source, bits=source.bits)
    dims = source.shape.dims or ()
    channels = [] if len(dims) == 2 or dims[2].known == 1 else [dims[2]]
    shape = Shape((*sides, *channels)) if not channels or channels[0].known is not None else UNKNOWN_SHAPE
    return make(call, shape, source.dtype, source, bits=source.bits, low=source.low, high=source.high)


def _sides(size: Value) -> Sides:
    """Height and width of a size that OpenCV is given; (0, 0) leaves them to the factors."""
    height, width = asked(size)
    return (ANY, ANY) if width.known == 0 else (height, width)


@function("cv2.resize")
def resize(call: Call) -> Value:
    """cv2.resize(src, dsize, fx=0, fy=0)"""
    return _with_sides(call, _source(call), _sides(call.args[1] if len(call.args) > 1 else call.kwargs.get("dsize")))


@function("cv2.warpAffine", "cv2.warpPerspective")
def warp(call: Call) -> Value:
    """cv2.warpAffine(src, M, dsize)"""
    return _with_sides(call, _source(call), _sides(call.args[2] if len(call.args) > 2 else call.kwargs.get("dsize")))


@function("cv2.copyMakeBorder", "cv2.rotate", "cv2.transpose", "cv2.pyrDown", "cv2.pyrUp")
def other_sides(call: Call) -> Value:
    """Changes of the height and width."""
    return _with_sides(call, _source(call), (ANY, ANY))


_SAME = (
    "GaussianBlur", "add", "addWeighted", "bilateralFilter", "bitwise_and", "bitwise_not", "bitwise_or", "blur", "boxFilter", "convertScaleAbs", "dilate",
    "erode", "fastNlMeansDenoising", "fastNlMeansDenoisingColored", "flip", "medianBlur", "morphologyEx", "multiply", "subtract",
)  # fmt: skip
_ONE_CHANNEL = ("adaptiveThreshold", "equalizeHist")


@function(*(f"cv2.{name}" for name in (*_SAME, *_ONE_CHANNEL)))
def same_sides(call: Call) -> Value:
    """Filters and arithmetic, which keep the shape."""
    source = _source(call)
    made = _with_sides(call, source, sides_of(source))
    if made.dtype == "int" and made.bits == 8:
        made.low, made.high = 0, 255
    else:
        made.low = made.high = None
    return made


@function("cv2.normalize", "cv2.filter2D", "cv2.Sobel", "cv2.Laplacian", "cv2.Scharr")
def other_numbers(call: Call) -> Value:
    """The same shape with numbers of a kind and range that the arguments say."""
    source = _source(call)
    return make(call, _with_sides(call, source, sides_of(source)).shape, None, source)


@function("cv2.threshold")
def threshold(call: Call) -> Value:
    """cv2.threshold(src, threshold, maxval, type): the threshold and the picture."""
    return call.unknown("the threshold is not known", "float"), same_sides(call)


@function("cv2.Canny", "cv2.inRange")
def mask(call: Call) -> Value:
    """Which pixels are in the range, or on an edge: 0 or 255 for each."""
    return _picture(call, sides_of(_source(call, "image")), 1)


@function("cv2.cvtColor")
def convert(call: Call) -> Value:
    """cv2.cvtColor(src, code): a picture of the same size with the channels that the code names last."""
    source = _source(call)
    code = _constant(call.args[1] if len(call.args) > 1 else call.kwargs.get("code"))
    found = _CODE.match(code)
    channels = _CHANNELS.get(found.group(1)) if found is not None else None
    made = _picture(call, sides_of(source), channels)
    return made if source.bits == 8 else make(call, made.shape, source.dtype, source, bits=source.bits)


@function("cv2.split")
def split(call: Call) -> Value:
    """cv2.split(m): a picture of (height, width) for each channel."""
    source = _source(call, "m")
    count = source.shape.dims[2].known if source.shape.dims is not None and source.shape.rank == 3 else None
    one = Shape(sides_of(source))
    if count not in (1, 2, 3, 4):
        return ListValue([], True, make(call, one, source.dtype, source, bits=source.bits), None, call.place)
    return tuple(make(call, one, source.dtype, source, bits=source.bits) for _ in range(int(count)))


@function(VIDEO)
def capture(call: Call) -> Value:
    """cv2.VideoCapture(file or camera)"""
    return Object(VIDEO, place=call.place)


@method(f"{VIDEO}.read")
def read(call: Call) -> Value:
    """capture.read(): whether there was another picture, and that."""
    return call.unknown("whether there is another picture is not known", "bool"), _picture(call, (ANY, ANY), 3)


@method(f"{VIDEO}.isOpened", f"{VIDEO}.set", f"{VIDEO}.grab", f"{VIDEO}.open")
def succeeded(call: Call) -> Value:
    """Whether it was possible."""
    return call.unknown("whether the video can be read is not known", "bool")


@method(f"{VIDEO}.get")
def property_of_video(call: Call) -> Value:
    """capture.get(property)"""
    return call.unknown("what the video is like is not known", "float")


@function("cv2.imwrite")
def imwrite(call: Call) -> Value:
    """cv2.imwrite(filename, img): whether it was written."""
    return call.unknown("whether the picture was written is not known", "bool")


@function("cv2.waitKey", "cv2.pollKey")
def key(call: Call) -> Value:
    """The code of a key that somebody pressed."""
    return call.unknown("which key is pressed is not known", "int")


@function("cv2.rectangle", "cv2.circle", "cv2.line", "cv2.ellipse", "cv2.putText", "cv2.polylines", "cv2.fillPoly")
def draw(call: Call) -> Value:
    """What draws into a picture, and gives it back."""
    picture = call.args[0] if call.args else call.kwargs.get("img")
    if isinstance(picture, Array):
        picture.write()
    return picture


_SHOWING = (
    "imshow", "namedWindow", "moveWindow", "resizeWindow", "destroyWindow", "destroyAllWindows", "setWindowTitle",
)  # fmt: skip


@function(*(f"cv2.{name}" for name in _SHOWING))
@method(f"{VIDEO}.release")
def show(call: Call) -> Value:
    """Windows, and what ends a recording, give nothing."""
    return None


silent(*(f"cv2.{name}" for name in _SHOWING), f"{VIDEO}.release")
