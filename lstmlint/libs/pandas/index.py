"""`df.columns` and `df.index`: labels as a row of their own."""

from __future__ import annotations

from ...dims import ANY, Dim
from ...knowledge import Call, attribute, method
from ...shapes import Shape
from ...values import Array, IteratorValue, ListValue, SliceValue, Unknown, Value, is_int
from ..bridge import known, to_python
from ..numpy.indexing import take_item
from .tables import FRAME, INDEX, SERIES, names_of, own_table


def labels(call: Call, size: Dim, names: tuple[object, ...] | None = None) -> Array:
    """An index of so many labels, which may be known."""
    kind = "string" if names and all(isinstance(n, str) for n in names) else None
    return Array(Shape((size,)), kind, INDEX, constant=names, place=call.place)


@attribute(f"{FRAME}.columns")
def columns(call: Call) -> Value:
    """df.columns"""
    own = own_table(call)
    if own is None or own.shape.rank != 2:
        return call.unknown("the table is not known")
    if own.columns is None:
        from ..numpy.indexing import named_sizes

        named_sizes(own, call)
    return labels(call, own.shape[1], own.columns)


@method(f"{FRAME}.keys")
def keys(call: Call) -> Value:
    """df.keys()"""
    return columns(call)


@attribute(f"{FRAME}.index", f"{SERIES}.index")
def index(call: Call) -> Value:
    """df.index"""
    own = own_table(call)
    return labels(call, own.shape[0]) if own is not None else call.unknown("the table is not known")


def _items(own: Array) -> list[Value] | None:
    return list(own.constant) if isinstance(own.constant, tuple) else None


def _unknown(call: Call) -> Unknown:
    return call.unknown("the labels are not known", "str")


@method(f"{INDEX}.__iter__")
def iterate(call: Call) -> Value:
    """for name in df.columns"""
    own = call.receiver
    found = _items(own)
    return (
        IteratorValue(found)
        if found is not None
        else IteratorValue([], True, call.unknown("the labels are not known"), length=own.shape[0])
    )


@method(f"{INDEX}.tolist", f"{INDEX}.to_list")
def tolist(call: Call) -> Value:
    """df.columns.tolist()"""
    own = call.receiver
    found = _items(own)
    if found is not None:
        return ListValue(found, place=call.place)
    return ListValue([], True, _unknown(call), own.shape[0] if own.shape[0].exact is not None else None, call.place)


@attribute(f"{INDEX}.values")
@method(f"{INDEX}.to_numpy", f"{INDEX}.to_series_")
def values(call: Call) -> Value:
    """df.columns.values"""
    return Array(call.receiver.shape, None, place=call.place)


@method(f"{INDEX}.__getitem__")
def item(call: Call) -> Value:
    """df.columns[0], df.columns[1:]"""
    own, position = call.receiver, call.args[0]
    found = _items(own)
    if isinstance(position, SliceValue):
        if found is not None and known(position):
            rest = tuple(found[to_python(position)])
            return labels(call, Dim(len(rest)), rest)
        taken = take_item(call, own, (position,))
        return labels(call, taken.shape.get(0) if isinstance(taken, Array) else ANY)
    if (
        isinstance(position, int)
        and not isinstance(position, bool)
        and found is not None
        and -len(found) <= position < len(found)
    ):
        return found[position]
    if is_int(position):
        return _unknown(call)
    if isinstance(position, ListValue) and known(position) and all(is_int(p) for p in position.items):
        plain = to_python(position)
        if found is not None and all(-len(found) <= p < len(found) for p in plain):
            return labels(call, Dim(len(plain)), tuple(found[p] for p in plain))
        return labels(call, Dim(len(plain)))
    return labels(call, ANY) if isinstance(position, (Array, ListValue)) else _unknown(call)


@method(f"{INDEX}.drop", f"{INDEX}.difference", f"{INDEX}.union", f"{INDEX}.intersection")
def other_labels(call: Call) -> Value:
    """Labels without some of them."""
    own, short = call.receiver, call.name.rpartition(".")[2]
    found, gone = _items(own), names_of(call, call.args[0]) if call.args else None
    if found is None or gone is None or short in ("union", "intersection"):
        return labels(call, ANY)
    rest = tuple(n for n in found if n not in gone)
    if short == "difference":
        if not all(isinstance(n, str) for n in rest):
            return labels(call, Dim(len(set(rest))))
        rest = tuple(sorted(set(rest)))
    return labels(call, Dim(len(rest)), rest)


@method(f"{INDEX}.get_loc", f"{INDEX}.isin", f"{INDEX}.__contains__")
def questions(call: Call) -> Value:
    """df.columns.get_loc("a")"""
    own, name = call.receiver, call.args[0]
    found = _items(own)
    if call.name.endswith("get_loc") and found is not None and found.count(name) == 1:
        return found.index(name)
    if call.name.endswith("isin"):
        return Array(own.shape, "bool", place=call.place)
    if call.name.endswith("__contains__") and found is not None and known(name):
        return to_python(name) in found
    return call.unknown("the labels are not known", "int" if call.name.endswith("get_loc") else "bool")


@method(f"{INDEX}.__operator__")
def operate(call: Call) -> Value:
    """df.index == label, df.columns + "x" """
    comparing = call.args[0] in ("==", "!=", "<", "<=", ">", ">=")
    return Array(call.receiver.shape, "bool", place=call.place) if comparing else labels(call, call.receiver.shape[0])


_TIMES = (
    "year",
    "month",
    "day",
    "hour",
    "minute",
    "second",
    "dayofweek",
    "weekday",
    "dayofyear",
    "quarter",
    "day_of_week",
    "day_of_year",
)


@attribute(*(f"{INDEX}.{n}" for n in _TIMES))
def times(call: Call) -> Value:
    """df.index.hour"""
    return labels(call, call.receiver.shape[0])
