"""The arrays that `keras.datasets.*.load_data()` gives, as Keras documents them."""

from __future__ import annotations

from ..dims import ANY, Dim, Role
from ..knowledge import Call, function
from ..libs.numpy.arrays import EVERY_CLASS
from ..shapes import Shape
from ..values import Array, ListValue, Made, Value, fresh_int

_IMAGES: dict[str, tuple[tuple[int, ...], tuple[int, ...], int, int, int]] = {
    # name: shape of one sample, shape of one label, training samples, test samples, classes
    "mnist": ((28, 28), (), 60_000, 10_000, 10),
    "fashion_mnist": ((28, 28), (), 60_000, 10_000, 10),
    "cifar10": ((32, 32, 3), (1,), 50_000, 10_000, 10),
    "cifar100": ((32, 32, 3), (1,), 50_000, 10_000, 100),
}


def _array(
    call: Call,
    shape: tuple[Dim | int, ...],
    dtype: str,
    bits: int | None = None,
    low: float | None = None,
    high: float | None = None,
    **facts: Value,
) -> Array:
    dims = tuple(Dim.of(d) for d in shape)
    dims = (dims[0].with_role(Role.BATCH), *dims[1:])
    return Array(
        Shape(dims),
        dtype,
        bits=bits,
        low=low,
        high=high,
        made=Made(call.name, (), call.place),
        place=call.place,
        facts=facts,
    )


def _loaded(call: Call, pairs: list[tuple[Array, Array]]) -> Value:
    """The two pairs, of which each array knows which part it is."""
    for part, pair in zip(("train", "test"), pairs):
        for at, array in enumerate(pair):
            array.facts["loaded"] = (call.place, part, at)
    return tuple(pairs)


def _with_channels(call: Call, size: tuple[int, ...]) -> tuple[Dim | int, ...]:
    """Pictures of colours have their channels where `set_image_data_format` wants them."""
    wanted = call.engine.record.settings.get("image_data_format", "channels_last")
    if wanted == "channels_last":
        return size
    return (size[-1], *size[:-1]) if wanted == "channels_first" else (ANY,) * len(size)


@function(*(f"keras.datasets.{name}.load_data" for name in _IMAGES))
def images(call: Call) -> Value:
    """((x_train, y_train), (x_test, y_test)) of images and their classes."""
    name = call.name.split(".")[2]
    size, label, train, test, classes = _IMAGES[name]
    sample = _with_channels(call, size) if len(size) == 3 else size
    mode = call.args[0] if call.args else call.kwargs.get("label_mode", "fine")
    if name == "cifar100" and mode != "fine":
        classes = 20 if mode == "coarse" else 100
    bits = None if name == "cifar100" else 8
    told = {} if mode not in ("fine", "coarse") and name == "cifar100" else {"classes": classes}
    pairs = [
        (
            _array(call, (n, *sample), "int", 8, 0, 255),
            _array(call, (n, *label), "int", bits, 0, classes - 1, **told | {EVERY_CLASS: Dim(n)}),
        )
        for n in (train, test)
    ]
    return _loaded(call, pairs)


@function("keras.datasets.imdb.load_data", "keras.datasets.reuters.load_data")
def reviews(call: Call) -> Value:
    """Arrays of lists of word numbers, of unequal length, and their classes."""
    imdb = ".imdb." in call.name
    sizes: tuple[Dim | int, Dim | int] = (25_000, 25_000) if imdb else (8_982, 2_246)
    if any(name in call.kwargs for name in ("test_split", "maxlen")) or len(call.args) > 1:
        sizes = (ANY, ANY)
    high = 1 if imdb else 45
    words = ListValue([], True, fresh_int("word", call.place), fresh_int("len(review)", call.place), call.place)
    classes = {"classes": high + 1} if isinstance(sizes[0], int) else {}
    pairs = [
        (_array(call, (n,), "object", item=words), _array(call, (n,), "int", 64, 0, high, **classes)) for n in sizes
    ]
    return _loaded(call, pairs)


@function("keras.datasets.boston_housing.load_data", "keras.datasets.california_housing.load_data")
def housing(call: Call) -> Value:
    """Houses: 13 or 8 features and a price."""
    boston = ".boston_housing." in call.name
    sizes: tuple[Dim | int, Dim | int] = (404, 102) if boston else (16_512, 4_128)
    features = 13 if boston else 8
    if not boston and (call.args or "version" in call.kwargs):
        sizes = (ANY, ANY)
    if "test_split" in call.kwargs or (boston and len(call.args) > 1):
        sizes = (ANY, ANY)
    return _loaded(call, [(_array(call, (n, features), "float"), _array(call, (n,), "float")) for n in sizes])


@function("keras.datasets.imdb.get_word_index", "keras.datasets.reuters.get_word_index")
def word_index(call: Call) -> Value:
    """A dict from words to numbers."""
    return call.unknown("the word index is downloaded", "dict")
