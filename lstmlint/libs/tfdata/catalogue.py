"""`tfds.load`: the common data sets of TensorFlow Datasets, with the shapes that their catalogue documents."""

from __future__ import annotations

from ...dims import NONE, Dim
from ...knowledge import Call, attribute, base, function, method
from ...shapes import Shape
from ...values import Array, Dataset, DictValue, ListValue, Object, Value, is_int, to_dim
from ..bridge import items_of
from .elements import TENSOR, make_dataset, tensors, with_first

_PIXELS = "image"
_WORDS = "text"
_SETS: dict[str, tuple[str, tuple[int | None, ...], int, dict[str, int]]] = {
    # name: the feature's name, its shape, classes, samples of each split
    "mnist": (_PIXELS, (28, 28, 1), 10, {"train": 60_000, "test": 10_000}),
    "fashion_mnist": (_PIXELS, (28, 28, 1), 10, {"train": 60_000, "test": 10_000}),
    "kmnist": (_PIXELS, (28, 28, 1), 10, {"train": 60_000, "test": 10_000}),
    "cifar10": (_PIXELS, (32, 32, 3), 10, {"train": 50_000, "test": 10_000}),
    "cifar100": (_PIXELS, (32, 32, 3), 100, {"train": 50_000, "test": 10_000}),
    "svhn_cropped": (_PIXELS, (32, 32, 3), 10, {"train": 73_257, "test": 26_032}),
    "stl10": (_PIXELS, (96, 96, 3), 10, {"train": 5_000, "test": 8_000}),
    "eurosat": (_PIXELS, (64, 64, 3), 10, {"train": 27_000}),
    "horses_or_humans": (_PIXELS, (300, 300, 3), 2, {"train": 1_027, "test": 256}),
    "rock_paper_scissors": (_PIXELS, (300, 300, 3), 3, {"train": 2_520, "test": 372}),
    "beans": (_PIXELS, (500, 500, 3), 3, {"train": 1_034, "validation": 133, "test": 128}),
    "cats_vs_dogs": (_PIXELS, (None, None, 3), 2, {"train": 23_262}),
    "tf_flowers": (_PIXELS, (None, None, 3), 5, {"train": 3_670}),
    "malaria": (_PIXELS, (None, None, 3), 2, {"train": 27_558}),
    "oxford_flowers102": (_PIXELS, (None, None, 3), 102, {"train": 1_020, "test": 6_149, "validation": 1_020}),
    "stanford_dogs": (_PIXELS, (None, None, 3), 120, {"train": 12_000, "test": 8_580}),
    "food101": (_PIXELS, (None, None, 3), 101, {"train": 75_750, "validation": 25_250}),
    "colorectal_histology": (_PIXELS, (150, 150, 3), 8, {"train": 5_000}),
    "imdb_reviews": (_WORDS, (), 2, {"train": 25_000, "test": 25_000, "unsupervised": 50_000}),
    "yelp_polarity_reviews": (_WORDS, (), 2, {"train": 560_000, "test": 38_000}),
    "ag_news_subset": ("description", (), 4, {"train": 120_000, "test": 7_600}),
    "iris": ("features", (4,), 3, {"train": 150}),
}

INFO = "tensorflow_datasets.core.DatasetInfo"
for _name in ("DatasetInfo", "FeaturesDict", "Feature", "SplitDict", "SplitInfo"):
    base(f"tensorflow_datasets.core.{_name}", "builtins.object")


@function("tensorflow_datasets.load")
def load(call: Call) -> Value:
    """tfds.load(name, split=None, ..., batch_size=None, as_supervised=False, with_info=False)"""
    name = call.args[0] if call.args else call.kwargs.get("name")
    split = call.kwargs.get("split", call.args[1] if len(call.args) > 1 else None)
    if not isinstance(name, str) or call.open or len(call.args) > 2:
        return call.unknown("which data set is loaded is not known")
    plain = name.partition("/")[0].partition(":")[0]
    known = _SETS.get(plain)
    if known is not None and "subwords" in name:
        known = (known[0], (None,), known[2], known[3])
    supervised, with_info = call.kwargs.get("as_supervised", False), call.kwargs.get("with_info", False)
    if not isinstance(supervised, bool) or not isinstance(with_info, bool):
        return call.unknown("what is loaded depends on a value that is not known")
    data = _splits(call, split, known, supervised)
    return (data, _info(call, plain)) if with_info else data


_Known = tuple[str, tuple[int | None, ...], int, dict[str, int]] | None


def _splits(call: Call, split: Value, known: _Known, supervised: bool) -> Value:
    if split is None:
        names = list(known[3]) if known is not None else []
        sample = _one(call, None, known, supervised)
        return DictValue({n: _one(call, n, known, supervised) for n in names}, not names, sample)
    if isinstance(split, (ListValue, tuple)):
        parts = items_of(call, split)
        if parts is None:
            return ListValue([], True, _one(call, None, known, supervised))
        return ListValue([_splits(call, p, known, supervised) for p in parts])
    return _one(call, split, known, supervised)


def _one(call: Call, split: Value, known: _Known, supervised: bool) -> Value:
    if known is None:
        element: Value = call.unknown("this data set is not in the tool's catalogue")
        return make_dataset(call, (element, element) if supervised else element, None)
    feature, shape, classes, sizes = known
    pixels = feature == _PIXELS
    strings = shape == ()
    kind, bits = (
        ("string", None) if strings else ("int", 8) if pixels else ("int", 64) if shape == (None,) else ("float", 32)
    )
    x = Array(
        Shape(tuple(NONE if n is None else Dim(n) for n in shape)), kind, TENSOR, bits, 0 if pixels else None, 255 if pixels else None,
        place=call.place,
    )  # fmt: skip
    y = Array(Shape(()), "int", TENSOR, 64, 0, classes - 1, place=call.place, facts={"classes": classes})
    element = (x, y) if supervised else DictValue({feature: x, "label": y}, pixels or feature == "description")
    count = sizes.get(split) if isinstance(split, str) else None
    size = call.kwargs.get("batch_size")
    if size is None:
        return make_dataset(call, element, False, cardinality=Dim(count) if count is not None else None)
    if isinstance(size, int) and size == -1:
        whole = with_first(element, Dim(count) if count is not None else NONE)
        return whole if tensors(whole) else call.unknown("the data set is not known")
    return make_dataset(call, with_first(element, NONE), True, batch_size=to_dim(size) if is_int(size) else None)


def _info(call: Call, name: str) -> Object:
    return Object(INFO, place=call.place, attributes={"~set": name, "name": name})


@attribute(f"{INFO}.features", f"{INFO}.splits")
def parts(call: Call) -> Value:
    """info.features, info.splits"""
    own, short = call.receiver, call.name.rpartition(".")[2]
    kind = "FeaturesDict" if short == "features" else "SplitDict"
    return Object(f"tensorflow_datasets.core.{kind}", place=call.place, attributes={"~set": own.attributes.get("~set")})


@method("tensorflow_datasets.core.FeaturesDict.__getitem__", "tensorflow_datasets.core.SplitDict.__getitem__")
def part(call: Call) -> Value:
    """info.features["label"].num_classes, info.splits["train"].num_examples"""
    own, key = call.receiver, call.args[0]
    known = _SETS.get(str(own.attributes.get("~set")))
    made = Object("tensorflow_datasets.core.Feature", place=call.place)
    if known is not None and key == "label" and "Features" in call.name:
        made.attributes["num_classes"] = known[2]
    if known is not None and key == known[0] and "Features" in call.name and None not in known[1]:
        made.attributes["shape"] = known[1]
    if known is not None and "Split" in call.name and isinstance(key, str) and key in known[3]:
        made.attributes["num_examples"] = known[3][key]
    return made


@function("tensorflow_datasets.as_numpy")
def as_numpy(call: Call) -> Value:
    """tfds.as_numpy(dataset): the same elements as NumPy arrays."""
    own = call.args[0] if call.args else None
    if isinstance(own, Dataset):
        from .iteration import drawing

        return drawing(own, "numpy.ndarray")
    return own if own is not None else call.unknown("the data set is not known")
