"""Where data come from: the arrays that an array was made of, back to the first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lstmlint.patterns import pattern
from lstmlint.values import Array, DictValue, ListValue, Made, flatten

SCALER = pattern(
    r"^sklearn\.preprocessing\.(StandardScaler|MinMaxScaler|RobustScaler|MaxAbsScaler|PowerTransformer|QuantileTransformer)\b"
)
HELD_OUT = pattern(r"(^|_)(test|val|valid|validation|holdout)(_|$|ing|data|set)", re.I)
TRAINING = pattern(r"(^|_)train(_|$|ing|data|set)", re.I)


def ancestors(value: Any) -> Iterator[Array]:
    """The array itself and every array that it was made of, nearest first; what is in lists, too."""
    waiting: list[Any] = [value]
    seen: set[int] = set()
    while waiting and len(seen) < 2000:
        item = waiting.pop(0)
        if id(item) in seen:
            continue
        seen.add(id(item))
        if isinstance(item, Array):
            yield item
            if item.made is not None:
                waiting += item.made.inputs
        elif isinstance(item, ListValue):
            waiting += [*item.items[:3], *([item.sample] if item.sample is not None else [])]
        elif isinstance(item, tuple):
            waiting += item
        elif isinstance(item, DictValue):
            waiting += item.entries.values()


def uneven(array: Array) -> bool:
    """Was an array of objects made of rows of numbers that aren't known to be of one length?"""
    made = array.made
    source = (
        made.inputs[0] if made is not None and made.by in ("numpy.array", "numpy.asarray") and made.inputs else None
    )
    if not isinstance(source, ListValue):
        return False
    rows = [*source.items, *([source.sample] if source.sample is not None else [])]
    lengths = {_length(row) for row in rows}
    return bool(rows) and all(_of_numbers(row) for row in rows) and (len(lengths) > 1 or None in lengths)


def _of_numbers(row: Any) -> bool:
    if isinstance(row, Array):
        return row.dtype in ("float", "int")
    return isinstance(row, ListValue) and all(isinstance(leaf, (int, float)) for leaf in flatten(row))


def _length(row: Any) -> int | None:
    if isinstance(row, Array):
        return row.shape.get(0).known
    return len(row.items) if isinstance(row, ListValue) and not row.open else None


def counted_from_one(target: Any) -> tuple[Made, int] | None:
    """How the one-hot rows were made that targets consist of, and the greatest label, where the labels are known and begin with 1."""
    for array in ancestors(target):
        if array.made is not None and array.made.by == "keras.utils.to_categorical" and array.made.inputs:
            found = label_bounds(array.made.inputs[0])
            return (array.made, found[1]) if found is not None and found[0] == 1 else None
    return None


def label_bounds(value: Any) -> tuple[int, int] | None:
    """The least and the greatest of some labels, where all are known."""
    known = value.constant if isinstance(value, Array) and isinstance(value.constant, tuple) else None
    if known is None and not (isinstance(value, ListValue) and not value.open):
        return None
    numbers = flatten(value if known is None else known)
    return (min(numbers), max(numbers)) if len(numbers) > 1 and all(isinstance(n, int) for n in numbers) else None


def fitted_with(value: Any) -> list[Array]:
    """The results of a scaler's `fit_transform` that an array comes from."""
    return [
        a
        for a in ancestors(value)
        if a.made is not None and a.made.by.endswith(".fit_transform") and SCALER.match(a.made.by)
    ]


def window_source(value: Any) -> Array | None:
    """The series that an array of overlapping windows was cut from."""
    for array in ancestors(value):
        if array.made is None or not array.made.by.startswith("numpy."):
            continue
        for given in array.made.inputs:
            if not isinstance(given, ListValue):
                continue
            pieces = [*given.items[:2], *([given.sample] if given.sample is not None else [])]
            sources = [_cut_from(piece) for piece in pieces]
            if not sources or any(s is None or s is not sources[0] for s in sources):
                continue
            source, piece = sources[0], pieces[0]
            if source is None or source.shape.rank is None or piece.shape.rank != source.shape.rank:
                continue
            count, steps, length = array.shape.get(0).known, piece.shape.get(0).known, source.shape.get(0).known
            if count is not None and steps is not None and length is not None and count * steps <= length:
                continue
            if steps == 1:
                continue
            return source
    return None


def _cut_from(piece: Any) -> Array | None:
    if not isinstance(piece, Array) or piece.made is None or not piece.made.by.endswith("__getitem__"):
        return None
    first = piece.made.inputs[0] if piece.made.inputs else None
    return first if isinstance(first, Array) else None


def _part_of(array: Any) -> tuple[Any, str, int] | None:
    """Of which split or data set an array is a part: "train" or "test", and at which place what was split was given."""
    if not isinstance(array, Array):
        return None
    if array.facts.get("split_id") is not None:
        return array.facts["split_id"], array.facts["split"], array.facts["split_at"]
    loaded = array.facts.get("loaded")
    return (loaded[0], loaded[1], loaded[2]) if loaded is not None else None


def mixed_parts(x: Any, y: Any) -> str | None:
    """What is wrong with data and targets that are no parts of one and the same side of a split or of a data set, in words; None where they are."""
    here, there = _part_of(x), _part_of(y)
    if here is None or there is None or here[0] is not there[0] or here[1] == there[1]:
        return None
    one, other = (f"`{array.name}`" if array.name else word for array, word in ((x, "x"), (y, "y")))
    parts = {"train": "training part", "test": "test part"}
    if here[2] == there[2] and "loaded" in x.facts:
        return f"{one} and {other} are the data of both parts, without labels: write (x_train, y_train), (x_test, y_test) = load_data()."
    if here[2] == there[2]:
        return (
            f"{one} and {other} are the two parts of one array: train_test_split(X, y) gives both parts of X and then both of y. "
            "Write X_train, X_test, y_train, y_test = train_test_split(X, y)."
        )
    return (
        f"{one} is of the {parts[here[1]]} of the data and {other} of the {parts[there[1]]}, so that no row has its own target. "
        f"Give the {parts[here[1]]} of both."
    )
