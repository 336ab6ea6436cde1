"""`itertools` and `operator`: rows made of rows, as far as their items are known and they are not too long."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ...knowledge import Call, function
from ...values import BuiltFunction, IteratorValue, Value
from ..bridge import LARGEST, NotKnownError, compute, items_of, key_of, known, reason_of, to_python

MOST_ITEMS = 2_000_000
"""No iterator over rows holds more items in all of its rows together."""


def _unknown(call: Call, why: str | None = None) -> IteratorValue:
    return IteratorValue([], True, call.unknown(why or reason_of(*call.args)))


def _collected(made: Iterable[Any], width: int) -> IteratorValue:
    """The items of a real iterator over rows of `width` items; open where there would be too many."""
    most = min(LARGEST, MOST_ITEMS // max(width, 1))
    found = list(itertools.islice(made, most + 1))
    if len(found) > most:
        return IteratorValue([], True, found[0])
    return IteratorValue(found)


def _rows(call: Call, sources: list[Value]) -> list[list[Value]] | None:
    rows = [items_of(call, v) for v in sources]
    return None if any(r is None for r in rows) else [r for r in rows if r is not None]


@function("itertools.chain", "itertools.zip_longest", "itertools.pairwise")
def joined(call: Call) -> Value:
    """chain(*rows), zip_longest(*rows, fillvalue=None), pairwise(row)"""
    rows = _rows(call, call.args)
    if rows is None or call.open:
        return _unknown(call)
    if call.name.endswith("chain"):
        return _collected(itertools.chain(*rows), 1)
    if call.name.endswith("pairwise"):
        return _collected(zip(rows[0], rows[0][1:]), 2) if rows else _unknown(call)
    return _collected(itertools.zip_longest(*rows, fillvalue=call.kwargs.get("fillvalue")), len(rows))


@function("itertools.product")
def product(call: Call) -> Value:
    """product(*rows, repeat=1)"""
    rows, repeat = _rows(call, call.args), call.kwargs.get("repeat", 1)
    if rows is None or call.open or not isinstance(repeat, int) or not 0 <= repeat * max(len(rows), 1) <= 100:
        return _unknown(call)
    return _collected(itertools.product(*rows, repeat=int(repeat)), len(rows) * int(repeat))


@function("itertools.permutations", "itertools.combinations", "itertools.combinations_with_replacement")
def choices(call: Call) -> Value:
    """permutations(row, r), combinations(row, r), ..."""
    rows = _rows(call, call.args[:1])
    size = call.args[1] if len(call.args) > 1 else call.kwargs.get("r")
    if not rows or call.open or not (size is None or isinstance(size, int)):
        return _unknown(call)
    width = len(rows[0]) if size is None else int(size)
    if width < 0:
        call.refuse("python-exception", message="ValueError: r must be non-negative", exception="ValueError")
    if width > 1000 or len(rows[0]) > LARGEST:
        return _unknown(call, "there are too many to follow")
    return _collected(getattr(itertools, call.name.removeprefix("itertools."))(rows[0], width), width)


@function("itertools.islice")
def islice(call: Call) -> Value:
    """islice(row, stop), islice(row, start, stop[, step]): takes no more items from an iterator than it gives."""
    source, ends = (call.args[0] if call.args else None), call.args[1:]
    if not ends or not all(e is None or isinstance(e, int) for e in ends):
        return _unknown(call)
    cut = slice(*(int(e) if e is not None else None for e in ends))
    stop = cut.stop
    if isinstance(source, IteratorValue):
        end = source.position + stop if isinstance(stop, int) else None
        if end is None or end > len(source.items):
            if source.open:
                return _unknown(call)
            end = len(source.items)
        rest = source.items[source.position : end]
        source.position = end
        return IteratorValue(rest[cut.start : None : cut.step])
    row = items_of(call, source)
    return _unknown(call) if row is None else IteratorValue(list(itertools.islice(row, cut.start, stop, cut.step)))


@function("itertools.chain.from_iterable")
def chain_all(call: Call) -> Value:
    """itertools.chain.from_iterable(rows)"""
    rows = items_of(call, call.args[0]) if call.args else None
    parts = _rows(call, rows) if rows is not None else None
    return _unknown(call) if parts is None else _collected(itertools.chain(*parts), 1)


@function("itertools.repeat")
def repeat(call: Call) -> Value:
    """repeat(x, times): endless without `times`."""
    value = call.args[0] if call.args else None
    times = call.args[1] if len(call.args) > 1 else call.kwargs.get("times")
    if isinstance(times, int) and times <= LARGEST:
        return IteratorValue([value] * max(0, int(times)))
    return IteratorValue([], True, value)


ENDLESS = 1000
"""So many items of an endless iterator are there to be taken one by one."""


@function("itertools.count")
def count(call: Call) -> Value:
    """count(start=0, step=1): the first items, of ever so many."""
    arguments = call.bind("start=0, step=1")
    start, step = arguments["start"], arguments["step"]
    if isinstance(start, (int, float)) and isinstance(step, (int, float)):
        return IteratorValue([start + i * step for i in range(ENDLESS)], True, call.unknown("how far it counts", "int"))
    return _unknown(call)


@function("itertools.cycle")
def cycle(call: Call) -> Value:
    """cycle(row): the first items, of ever so many."""
    row = items_of(call, call.args[0]) if call.args else None
    if row is None:
        return _unknown(call)
    return IteratorValue(list(itertools.islice(itertools.cycle(row), ENDLESS)), bool(row), row[0] if row else None)


@function("itertools.starmap")
def starmap(call: Call) -> Value:
    """starmap(f, rows)"""
    rows = items_of(call, call.args[1]) if len(call.args) > 1 else None
    parts = _rows(call, rows) if rows is not None else None
    if parts is None:
        return _unknown(call)
    return IteratorValue([call.engine.call(call.args[0], part, place=call.place) for part in parts])


@function("itertools.accumulate")
def accumulate(call: Call) -> Value:
    """accumulate(row, f=add, *, initial=None)"""
    row = items_of(call, call.args[0]) if call.args else None
    run = call.args[1] if len(call.args) > 1 else call.kwargs.get("func")
    if row is None or call.open:
        return _unknown(call)
    initial = call.kwargs.get("initial")
    rest = row if initial is None else [initial, *row]
    found: list[Value] = rest[:1]
    for item in rest[1:]:
        if run is not None:
            found.append(call.engine.call(run, [found[-1], item], place=call.place))
        else:
            found.append(compute(call, operator.add, found[-1], item))
    return IteratorValue(found)


@function("itertools.takewhile", "itertools.dropwhile", "itertools.filterfalse")
def tested(call: Call) -> Value:
    """takewhile(f, row), dropwhile(f, row), filterfalse(f, row)"""
    row = items_of(call, call.args[1]) if len(call.args) > 1 else None
    if row is None:
        return _unknown(call)
    verdicts: dict[int, bool] = {}

    def verdict(pair: tuple[int, Value]) -> bool:
        i, item = pair
        truth = call.engine.truth(
            call.engine.call(call.args[0], [item], place=call.place) if call.args[0] is not None else item
        )
        if truth is None:
            raise NotKnownError
        verdicts[i] = truth
        return truth

    run: Callable[..., Iterator[tuple[int, Value]]] = getattr(itertools, call.name.removeprefix("itertools."))
    try:
        return IteratorValue([item for _, item in run(verdict, enumerate(row))])
    except NotKnownError:
        return _unknown(call, "which items are taken is not known")


@function("itertools.groupby")
def groupby(call: Call) -> Value:
    """groupby(row, key=None): pairs of a key and an iterator over the items that share it."""
    row = items_of(call, call.args[0]) if call.args else None
    key = call.args[1] if len(call.args) > 1 else call.kwargs.get("key")
    if row is None:
        return _unknown(call)
    keys = [item if key is None else call.engine.call(key, [item], place=call.place) for item in row]
    groups: list[tuple[Value, list[Value]]] = []
    try:
        for one, item in zip(keys, row):
            if groups and key_of(groups[-1][0]) == key_of(one):
                groups[-1][1].append(item)
            else:
                groups.append((one, [item]))
    except (NotKnownError, TypeError):
        return _unknown(call)
    return IteratorValue([(one, IteratorValue(items)) for one, items in groups])


@function("itertools.tee")
def tee(call: Call) -> Value:
    """tee(row, n=2)"""
    row = items_of(call, call.args[0]) if call.args else None
    times = call.args[1] if len(call.args) > 1 else 2
    if row is None or not isinstance(times, int) or not 0 <= times <= 100:
        return call.unknown(reason_of(*call.args))
    return tuple(IteratorValue(list(row)) for _ in range(times))


@function("itertools.compress")
def compress(call: Call) -> Value:
    """compress(row, selectors)"""
    rows = _rows(call, call.args[:2])
    if rows is None or len(rows) != 2 or not all(known(v) for v in rows[1]):
        return _unknown(call)
    return IteratorValue(list(itertools.compress(rows[0], [to_python(v) for v in rows[1]])))


# --- operator

_BINARY = (
    "add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "and_", "or_", "xor", "lshift", "rshift", "eq", "ne", "lt", "le", "gt", "ge",
)  # fmt: skip
_LARGE = frozenset(["pow", "lshift", "mul"])


@function(*(f"operator.{name}" for name in _BINARY))
def binary(call: Call) -> Value:
    """operator.add(a, b) and its kin, of known values."""
    short = call.name.removeprefix("operator.")
    if len(call.args) != 2:
        return call.unknown("what is calculated is not known")
    if short in _LARGE and any(isinstance(a, int) and abs(a) > 10_000 for a in call.args[1:]):
        return call.unknown("the result is too large to calculate")
    return compute(call, getattr(operator, short), *call.args)


@function("operator.itemgetter", "operator.attrgetter")
def getter(call: Call) -> Value:
    """itemgetter(k, ...) and attrgetter(name, ...): functions that read an item or attribute."""
    wanted = list(call.args)
    by_item = call.name.endswith("itemgetter")

    def read(inner: Call) -> Value:
        found = []
        for name in wanted:
            value = inner.args[0]
            if by_item:
                value = inner.engine.get_item(value, name, inner.place)
            else:
                for part in str(name).split("."):
                    value = inner.engine.get_attribute(value, part, inner.place)
            found.append(value)
        return found[0] if len(found) == 1 else tuple(found)

    if not wanted or (not by_item and not all(isinstance(n, str) for n in wanted)):
        return call.unknown("what is read is not known")
    return BuiltFunction(call.name, read)
