"""`random`: items out of known rows, and rows in another order."""

from __future__ import annotations

from ...dims import Dim
from ...knowledge import Call, function, silent
from ...values import Array, ListValue, Unknown, Value, is_int
from ..bridge import items_of, sample_of


@function("random.choice")
def choice(call: Call) -> Value:
    """random.choice(items): one of them."""
    if not call.args:
        return call.unknown("what is chosen from is not known")
    items = items_of(call, call.args[0])
    if items is not None and len(items) == 1:
        return items[0]
    if items and all(isinstance(item, str) for item in items):
        return Unknown(
            "which one is chosen is not known",
            call.place,
            "str",
            ("one of", tuple(items), ("made", id(call.place.node))),
        )
    return sample_of(call, ListValue(items) if items else call.args[0])


@function("random.sample", "random.choices")
def choices(call: Call) -> Value:
    """random.sample(items, k)"""
    source = call.args[0] if call.args else None
    count = call.kwargs.get("k", call.args[1] if len(call.args) > 1 and call.name.endswith("sample") else None)
    items = items_of(call, source)
    sample = sample_of(call, ListValue(items) if items else source)
    size = Dim.of(count) if is_int(count) else None
    return ListValue([], True, sample, size, call.place)


silent("random.shuffle")


@function("random.shuffle")
def shuffle(call: Call) -> Value:
    """random.shuffle(items): the order is no longer known."""
    items = call.args[0] if call.args else None
    if isinstance(items, ListValue) and items.items and not items.open:
        one = sample_of(call, items)
        items.items[:] = [one] * len(items.items)
    elif isinstance(items, Array):
        items.constant = None
    return None
