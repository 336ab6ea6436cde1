"""What a model is fed by things that give one batch after the other: generators, Sequences of the user's own, iterators."""

from __future__ import annotations

from ...dims import NONE, UNKNOWN, Dim
from ...knowledge import Call as LibraryCall
from ...knowledge import Engine, attribute, base, is_subclass, method
from ...libs.slices import loop_index
from ...libs.tfdata.iteration import drawn
from ...places import Place
from ...shapes import Shape
from ...values import (
    Array,
    Dataset,
    DictValue,
    IteratorValue,
    ListValue,
    Made,
    Object,
    RangeValue,
    Value,
    int_value,
)
from ..edition import other_backend

GENERATOR = "builtins.generator"
SEQUENCE = "keras.utils.Sequence"
PYDATASET = "keras.utils.PyDataset"
base(PYDATASET, "builtins.object")
base(SEQUENCE, PYDATASET)

ITERATORS = (
    "keras.preprocessing.image.Iterator", "keras.preprocessing.image.NumpyArrayIterator", "keras.preprocessing.image.DirectoryIterator",
    "keras.preprocessing.image.DataFrameIterator", "keras.preprocessing.sequence.TimeseriesGenerator",
)  # fmt: skip
for _name in ITERATORS:
    base(_name, SEQUENCE)


def batches_of(engine: Engine, value: Value, place: Place) -> Dataset | None:
    """The dataset that `fit` sees in a dataset, a generator or a Sequence; None for anything else.

    The element is nested as the user gave it (tuples and lists stay what they are). The batch axis is not fixed, because the last
    batch may be smaller.
    """
    if isinstance(value, Dataset):
        return value
    refused = isinstance(value, IteratorValue) and value.zipped and engine.keras_major >= 3  # it has no adapter for zip
    if isinstance(value, IteratorValue) and not refused:
        element = value.sample if value.open and value.sample is not None else value.items[0] if value.items else None
        given, element = element, _batch(element)
        if element is None:
            return None
        facts = {"endless": value.open, "~given": given}
        return Dataset(unfixed(element), True, place=place, type_name=GENERATOR, facts=facts)
    if isinstance(value, Object) and value.user_class is not None:
        return _of_sequence(engine, value, place)
    return None


def _of_sequence(engine: Engine, value: Object, place: Place) -> Dataset | None:
    """The batches of a user's Sequence: its `__getitem__` is followed with an index that may be any."""
    known = value.attributes.get("~batches")
    if isinstance(known, Dataset):
        return known
    item = engine.find_method(value, "__getitem__")
    if item is None or not is_subclass(value.type_name, PYDATASET):
        return None
    index = loop_index(RangeValue(0, Dim(UNKNOWN)), "index", place)
    element = engine.call(item, [index], place=place)
    element = _batch(element)
    if element is None:
        return None
    length = engine.find_method(value, "__len__")
    count = engine.call(length, [], place=place) if length is not None else None
    size = Dim.of(count) if isinstance(count, (int, Dim)) and not isinstance(count, bool) else None
    made = Dataset(
        unfixed(element),
        True,
        cardinality=size,
        type_name=SEQUENCE,
        place=value.place or place,
        made=Made(SEQUENCE, (value,), place),
        facts={"~length": count},
    )
    value.attributes["~batches"] = made
    return made


def _batch(element: Value) -> Value:
    """What a batch is taken apart into: an array or dict, or a tuple of one to three of them; None where it is none of these."""
    if isinstance(element, ListValue) and not element.open:
        element = tuple(element.items)
    if isinstance(element, tuple):
        seen = all(isinstance(v, (Array, DictValue, tuple, ListValue)) or v is None for v in element[:1])
        return element if 1 <= len(element) <= 3 and seen else None
    return element if isinstance(element, (Array, DictValue)) else None


def refused_list(engine: Engine, data: Dataset) -> Value:
    """What makes Keras 3 refuse the batches of a generator or of the user's Sequence: a generator's batch that is no tuple, or a list
    where a batch holds several arrays, which TensorFlow has no name for. None where nothing is refused."""
    if data.type_name not in (GENERATOR, SEQUENCE) or engine.keras_major < 3:
        return None
    given = data.facts.get("~given")
    if given is not None and not isinstance(given, tuple):
        return given
    return None if other_backend(engine) else _list_within(data.element)


def _list_within(value: Value) -> ListValue | None:
    """The first list in a batch, however deep; arrays and what is not known are none."""
    if type(value) is ListValue:
        return value
    inner = value if isinstance(value, tuple) else value.entries.values() if isinstance(value, DictValue) else ()
    return next((found for found in map(_list_within, inner) if found is not None), None)


def unfixed(element: Value) -> Value:
    """A batch whose number of samples isn't fixed."""
    if isinstance(element, tuple):
        return tuple(unfixed(v) for v in element)
    if (
        isinstance(element, ListValue)
        and not element.open
        and any(isinstance(v, Array) and v.shape.rank for v in element.items)
    ):
        return ListValue([unfixed(v) for v in element.items], place=element.place)
    if isinstance(element, DictValue):
        return DictValue({k: unfixed(v) for k, v in element.entries.items()}, element.open)
    if not isinstance(element, Array) or not element.shape.dims:
        return element
    dims = (NONE, *element.shape.dims[1:])
    return Array(
        Shape(dims), element.dtype, element.type_name, element.bits, element.low, element.high, element.one_hot, element.columns,
        name=element.name, made=element.made, place=element.place, facts=dict(element.facts),
    )  # fmt: skip


@method(*(f"{n}.{m}" for n in ITERATORS for m in ("__getitem__", "next", "__next__")))
def one_batch(call: LibraryCall) -> Value:
    """generator[index], next(generator): one batch."""
    own = call.receiver
    return drawn(own.element) if isinstance(own, Dataset) else call.unknown("the batch is not known")


@method(*(f"{n}.__iter__" for n in ITERATORS))
def iterate(call: LibraryCall) -> Value:
    """for batch in generator"""
    own = call.receiver
    return IteratorValue([], True, drawn(own.element) if isinstance(own, Dataset) else None)


@method(*(f"{n}.{m}" for n in ITERATORS for m in ("__len__", "reset", "on_epoch_end")))
def length(call: LibraryCall) -> Value:
    """len(generator): the number of batches."""
    own = call.receiver
    if not call.name.endswith("__len__"):
        return None
    if isinstance(own, Dataset) and own.cardinality is not None and own.cardinality.exact is not None:
        return int_value(own.cardinality)
    return call.unknown("how many batches there are is not known", "int")


_TOLD = (
    "class_indices",
    "classes",
    "samples",
    "n",
    "num_classes",
    "batch_size",
    "image_shape",
    "target_size",
    "filenames",
    "labels",
)


@attribute(*(f"{n}.{a}" for n in ITERATORS for a in _TOLD))
def told(call: LibraryCall) -> Value:
    """What an iterator says of itself: generator.samples, generator.class_indices, ..."""
    own, short = call.receiver, call.name.rpartition(".")[2]
    if isinstance(own, Dataset):
        if short == "batch_size" and own.batch_size is not None:
            return int_value(own.batch_size)
        if short in own.facts:
            return own.facts[short]
    kind = {"class_indices": "dict", "filenames": "list", "samples": "int", "n": "int", "num_classes": "int"}.get(short)
    return call.unknown(f"`{short}` depends on the files", kind)
