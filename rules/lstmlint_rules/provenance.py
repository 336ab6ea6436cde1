"""Where data come from: the arrays that an array was made of, back to the first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lstmlint.values import Array, DictValue, ListValue

SCALER = re.compile(
    r"^sklearn\.preprocessing\.(StandardScaler|MinMaxScaler|RobustScaler|MaxAbsScaler|PowerTransformer|QuantileTransformer)\b"
)
HELD_OUT = re.compile(r"(^|_)(test|val|valid|validation|holdout)(_|$|ing|data|set)", re.I)
TRAINING = re.compile(r"(^|_)train(_|$|ing|data|set)", re.I)


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
