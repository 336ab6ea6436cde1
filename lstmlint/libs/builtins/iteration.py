"""Going through things: `len`, `iter`, `next`, `enumerate`, `zip`, `map`, `filter`, `sorted`, generators and views."""

from __future__ import annotations

import functools

from ...dims import Dim
from ...knowledge import Call, function, method
from ...places import Origin
from ...values import (
    Dataset,
    DictValue,
    IteratorValue,
    ListValue,
    Object,
    RangeValue,
    SetValue,
    SizesTensor,
    Unknown,
    Value,
    fresh_int,
    int_value,
    is_int,
    is_known,
)
from ..bridge import (
    LARGEST,
    NotKnownError,
    items_of,
    known,
    label,
    length_of,
    range_length,
    reason_of,
    sample_of,
    to_python,
    type_of,
)
from ..slices import unsure
from .making import collected
from .types import ask_tensor, special


@function("builtins.len")
def len_(call: Call) -> Value:
    """len(x): exact where the items are known, a symbol "len(x)" otherwise."""
    value = call.bind("obj, /")["obj"]
    if value is None or (is_int(value) or isinstance(value, (bool, float))):
        kind = (type_of(value) or "").removeprefix("builtins.")
        call.refuse(
            "python-exception", message=f"TypeError: object of type '{kind}' has no len()", exception="TypeError"
        )
    unsure([value])
    if isinstance(value, SizesTensor):
        ask_tensor(call, "__len__", value)
    size = length_of(call, value)
    if size is not None and size.exact is not None:
        return _traced(size, call)
    fresh = fresh_int(label(call), call.place, cause=_maker(value))
    if isinstance(value, ListValue) and value.open:
        value.length = fresh
        return fresh
    if isinstance(value, DictValue):
        return fresh
    own = special(call, "__len__", value)
    return fresh if own is None else own


def _maker(value: Value) -> Origin | None:
    """What the number of items comes from: of a dict, from what its values do."""
    made: Origin | None = getattr(value.sample if isinstance(value, DictValue) else value, "origin", None)
    return Origin("dict", None, made) if isinstance(value, DictValue) else made


def _traced(size: Dim, call: Call) -> Value:
    origin = Origin(label(call), call.place, size.origin)
    return int_value(Dim(size.size, size.role, origin))


def _iterator(call: Call, value: Value) -> IteratorValue:
    items, open_, sample, size = collected(call, value)
    return IteratorValue(items, open_, sample, length=size)


@function("builtins.iter")
def iter_(call: Call) -> Value:
    """iter(x)"""
    if len(call.args) == 1:
        value = call.args[0]
        if isinstance(value, IteratorValue):
            return value
        return _iterator(call, value)
    return IteratorValue([], True, call.unknown("what the sentinel iterator yields is not known"))


@function("builtins.next")
def next_(call: Call) -> Value:
    """next(iterator[, default])"""
    value = call.args[0] if call.args else None
    if isinstance(value, IteratorValue):
        if value.position < len(value.items):
            value.position += 1
            return value.items[value.position - 1]
        if not value.open:
            if len(call.args) > 1:
                return call.args[1]
            call.refuse("python-exception", message="StopIteration", exception="StopIteration")
        sample = sample_of(call, value)
        if len(call.args) > 1 and (isinstance(sample, Dim) or is_known(sample)):
            return call.unknown("whether there is another item is not known")
        return sample
    if value is None or isinstance(value, (ListValue, tuple, str, int, float)):
        kind = (type_of(value) or "").removeprefix("builtins.")
        call.refuse("python-exception", message=f"TypeError: '{kind}' object is not an iterator", exception="TypeError")
    own = special(call, "__next__", value)
    if own is not None:
        return own
    if isinstance(value, Dataset):
        return value.element
    return call.unknown(reason_of(value))


@function("builtins.enumerate")
def enumerate_(call: Call) -> Value:
    """enumerate(x, start=0)"""
    arguments = call.bind("iterable, start=0")
    items, open_, sample, size = collected(call, arguments["iterable"])
    start = arguments["start"]
    if not isinstance(start, int):
        open_, sample, items = True, sample if open_ else (items[0] if items else None), []
    if open_:
        return IteratorValue([], True, (fresh_int("i", call.place), sample), length=size)
    return IteratorValue([(start + i, v) for i, v in enumerate(items)])


@function("builtins.zip")
def zip_(call: Call) -> Value:
    """zip(*iterables): as long as the shortest."""
    if call.open:
        return IteratorValue([], True, call.unknown("what is zipped is not known"))
    iterators = [value for value in call.args if isinstance(value, IteratorValue)]
    if len({id(value) for value in iterators}) < len(iterators):
        return _in_groups(call, iterators)
    rows = [collected(call, v) for v in call.args]
    shortest = min((len(items) for items, open_, _, _ in rows if not open_), default=0)
    for i, value in enumerate(call.args):  # of an endless iterator no more is taken than the others have
        if rows[i][1] and isinstance(value, IteratorValue) and len(value.items) - value.position > shortest > 0:
            rows[i] = (value.items[value.position : value.position + shortest], False, None, None)
            value.position += shortest
    if all(not open_ for _, open_, _, _ in rows):
        return IteratorValue(list(zip(*(items for items, _, _, _ in rows))), zipped=tuple(call.args))
    sample = tuple(
        s if open_ else (sample_of(call, ListValue(items)) if items else None) for items, open_, s, _ in rows
    )
    sizes = [size if open_ else Dim(len(items)) for items, open_, _, size in rows]
    known_sizes = [size for size in sizes if size is not None and size.exact is not None]
    length = functools.reduce(Dim.minimum, known_sizes) if len(known_sizes) == len(sizes) else None
    return IteratorValue([], True, sample, length=length, zipped=tuple(call.args))


def _in_groups(call: Call, iterators: list[IteratorValue]) -> IteratorValue:
    """`zip(rows, rows)` of one iterator, which gives each of its items once: groups of as many as it stands there."""
    first, count = iterators[0], len(call.args)
    items, open_, sample, _ = collected(call, first)
    if len(iterators) == count and all(value is first for value in iterators) and not open_:
        return IteratorValue([tuple(items[at : at + count]) for at in range(0, len(items) - count + 1, count)])
    row = (
        (sample,) * count
        if len(iterators) == count
        else call.unknown("what of an iterator comes to which place is not known", "tuple")
    )
    return IteratorValue([], True, row)


@function("builtins.map")
def map_(call: Call) -> Value:
    """map(function, *iterables), run at once."""
    if len(call.args) < 2 or call.open:
        return IteratorValue([], True, call.unknown("what is mapped is not known"))
    run = call.args[0]
    rows = [collected(call, v) for v in call.args[1:]]
    if all(not open_ for _, open_, _, _ in rows):
        found = [call.engine.call(run, list(row), place=call.place) for row in zip(*(r[0] for r in rows))]
        return IteratorValue(found)
    samples = [s if open_ else sample_of(call, ListValue(items)) for items, open_, s, _ in rows]
    return IteratorValue([], True, call.engine.call_often(run, samples, place=call.place))


@function("builtins.filter")
def filter_(call: Call) -> Value:
    """filter(function, iterable), run at once; open when a test can't be decided."""
    if len(call.args) != 2:
        return IteratorValue([], True, call.unknown("what is filtered is not known"))
    run, source = call.args[0], call.args[1]
    items, open_, sample, _ = collected(call, source)
    if open_:
        return IteratorValue([], True, sample)
    kept: list[Value] = []
    for item in items:
        verdict = call.engine.truth(item if run is None else call.engine.call(run, [item], place=call.place))
        if verdict is None:
            return IteratorValue([], True, sample_of(call, ListValue(items)))
        if verdict:
            kept.append(item)
    return IteratorValue(kept)


@function("builtins.reversed")
def reversed_(call: Call) -> Value:
    """reversed(x)"""
    value = call.args[0] if call.args else None
    items, open_, sample, _ = collected(call, value)
    return IteratorValue(list(reversed(items)), open_, sample)


@function("builtins.sorted")
def sorted_(call: Call) -> Value:
    """sorted(x, key=None, reverse=False): in order when the keys are known, otherwise the right number of items."""
    arguments = call.bind("iterable, /, *, key=None, reverse=False")
    value = arguments["iterable"]
    items, open_, sample, size = collected(call, value)
    if open_:
        return ListValue([], True, sample, size, call.place)
    key, reverse = arguments["key"], call.engine.truth(arguments["reverse"])
    keys = [v if key is None else call.engine.call(key, [v], place=call.place) for v in items]
    try:
        plain = [to_python(k) for k in keys]
        if reverse is None:
            raise NotKnownError
        order = sorted(range(len(items)), key=lambda i: plain[i], reverse=reverse)
        return ListValue([items[i] for i in order], place=call.place)
    except NotKnownError:
        if len({id(v) for v in items}) <= 1:
            return ListValue(items, place=call.place)
        return ListValue([sample_of(call, ListValue(items)) for _ in items], place=call.place)
    except TypeError as error:
        call.refuse("python-exception", message=f"TypeError: {error}", exception="TypeError")


@method("builtins.list.__iter__", "builtins.tuple.__iter__", "builtins.set.__iter__", "builtins.frozenset.__iter__")
@method("builtins.generator.__iter__", "builtins.range.__iter__", "builtins.str.__iter__", "builtins.bytes.__iter__")
def container_iter(call: Call) -> Value:
    """iter(container)"""
    value = call.receiver
    if isinstance(value, IteratorValue):
        return value
    if isinstance(value, Unknown):
        kind = "str" if value.kind == "str" else "int" if value.kind in ("range", "bytes") else None
        return IteratorValue([], True, call.unknown(value.reason, kind))
    if isinstance(value, Object):  # of a user's class on top of the container: what is in it is not followed
        return IteratorValue([], True, call.unknown(f"what is in this {value.class_name} is not followed"))
    if isinstance(value, (ListValue, SetValue)) and value.open:
        return IteratorValue([], True, sample_of(call, value))
    if isinstance(value, RangeValue):
        size = range_length(value)
        if size is None or not isinstance(size.size, int) or size.size > LARGEST or not known(value):
            return IteratorValue([], True, sample_of(call, value))
        return IteratorValue(list(to_python(value)))
    items = items_of(call, value)
    return IteratorValue(items if items is not None else [], items is None)


@method("builtins.generator.__next__", "builtins.generator.send")
def generator_next(call: Call) -> Value:
    """next(generator)"""

    return next_(Call("builtins.next", [call.receiver], {}, call.place, call.engine))


@method("builtins.generator.close", "builtins.generator.throw")
def generator_close(call: Call) -> Value:
    """Closing a generator gives None."""
    return None
