"""The class of a data set, and the data sets that it reads: of what TensorFlow keeps to itself, what programs ask for."""

from __future__ import annotations

from ...knowledge import Call, attribute, base
from ...values import Dataset, External, Value
from .elements import DATASET

_CLASSES = {
    "from_tensor_slices": "_TensorSliceDataset", "from_tensors": "_TensorDataset", "range": "_RangeDataset", "prefetch": "_PrefetchDataset",
    "shuffle": "_ShuffleDataset", "repeat": "_RepeatDataset", "take": "_TakeDataset", "skip": "_SkipDataset", "filter": "_FilterDataset",
    "window": "_WindowDataset", "zip": "_ZipDataset", "concatenate": "_ConcatenateDataset",
}  # fmt: skip
"""What makes data sets of one class, whatever it is given. `batch` and `map` have another class for several at a time."""
_SOURCES = ("from_tensor_slices", "from_tensors", "range")
_STEPS = (*_CLASSES, "batch", "map")

for _name in _CLASSES.values():
    base(f"{DATASET}.{_name}", DATASET)


def _step(value: Value) -> str | None:
    """The step that made a data set, where its class is known."""
    if not isinstance(value, Dataset) or value.made is None:
        return None
    owner, _, step = value.made.by.rpartition(".")
    return step if owner == DATASET and step in _STEPS else None


@attribute(f"{DATASET}.__class__")
def class_of(call: Call) -> Value:
    """The class of a data set: one for each step."""
    name = _CLASSES.get(_step(call.receiver) or "")
    if name is None or call.engine.keras_major < 3:  # TensorFlow called them otherwise once
        return call.unknown("the class of this data set is not known")
    return External(f"{DATASET}.{name}")


def reads_one(value: Dataset) -> bool | None:
    """Has it `_input_dataset`, the one that it reads? None when that isn't known."""
    step = _step(value)
    return None if step is None else step not in (*_SOURCES, "zip")


def reads_several(value: Dataset) -> bool | None:
    """Has it `_datasets`, those that it reads?"""
    step = _step(value)
    return None if step is None else step == "zip"
