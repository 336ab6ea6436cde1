"""Choosing rows and columns: `df[...]`, `iloc`, `loc`, `drop`, `head`, `dropna` and their relatives."""

from __future__ import annotations

from typing import Any

from ...dims import ANY, Dim
from ...knowledge import Call, attribute, base, method
from ...values import Array, ListValue, SliceValue, Unknown, Value, is_int
from ..bridge import known, length_of, to_python
from ..numpy.arrays import as_array
from ..numpy.indexing import mask_count, take_item
from ..slices import slice_bounds
from .tables import (
    FRAME,
    INDEX,
    SAME,
    SERIES,
    build,
    changed,
    column,
    columns_of,
    like,
    names_of,
    own_table,
    token,
    written_into,
)

_WHOLE = (None, None, None)


def _rows_of_slice(own: Array, index: SliceValue) -> Dim:
    """How many rows a slice of positions takes; unknown for labels."""
    ends = (index.start, index.stop)
    if any(e is not None and not is_int(e) and not isinstance(e, Array) for e in ends):
        return ANY
    taken = slice_bounds(index, own.shape[0])
    return taken if taken is not None else ANY


def _is_whole(index: Value) -> bool:
    return isinstance(index, SliceValue) and (index.start, index.stop, index.step) == _WHOLE


def _mask(call: Call, index: Value) -> Array | None:
    """A boolean choice of rows; None when the index is none."""
    array = index if isinstance(index, Array) else as_array(call, index) if isinstance(index, ListValue) else None
    return array if array is not None and array.dtype == "bool" and array.shape.rank == 1 else None


@method(f"{FRAME}.__getitem__")
def frame_item(call: Call) -> Value:
    """df["a"], df[["a", "b"]], df[mask], df[1:3]"""
    own, index = own_table(call), call.args[0]
    if own is None or own.shape.rank != 2:
        return call.unknown("the table is not known")
    if own.columns is None and "~doubles" in own.facts and not isinstance(index, (SliceValue, Array)):
        return call.unknown("whether there is one such column is not known")
    if isinstance(index, str) or (isinstance(index, int) and not isinstance(index, bool) and own.columns is not None):
        if own.columns is not None and list(own.columns).count(index) != 1:
            return call.unknown("this column is not known")
        return column(call, own, index)
    if isinstance(index, SliceValue):
        whole = _is_whole(index)
        return like(call, own, rows=SAME if whole else _rows_of_slice(own, index))
    mask = _mask(call, index)
    if mask is not None:
        return like(call, own, rows=mask_count(mask, call))
    if isinstance(index, Array) and index.type_name == FRAME and index.dtype == "bool":
        return like(call, own, dtype=None)
    if isinstance(index, ListValue) or (isinstance(index, Array) and index.type_name == INDEX):
        names = names_of(call, index)
        if names is not None and names and all(isinstance(n, (str, int)) for n in names):
            if own.columns is not None and any(list(own.columns).count(n) != 1 for n in names):
                return call.unknown("one of these columns is not known")
            return columns_of(call, own, names)
        width = length_of(call, index)
        sample = index.sample if isinstance(index, ListValue) else None
        strings = (
            isinstance(index, Array)
            or isinstance(sample, str)
            or (isinstance(sample, Unknown) and sample.kind == "str")
        )
        if width is not None and strings:
            return build(call, (own.shape[0], width), None, None, rows=token(own, "~rows"), facts=own.facts)
    if _is_row(index):  # of names, or of True and False for each row: a table either way
        labels = isinstance(index, Array) and (index.dtype in ("string", "object") or index.type_name == INDEX)
        return build(call, (own.shape[0] if labels else ANY, ANY), facts=own.facts)
    return call.unknown("what is selected is not known")


def _is_row(index: Value) -> bool:
    """Is this a list, or what has one axis: a choice of several, however many?"""
    return isinstance(index, ListValue) or (isinstance(index, Array) and index.shape.rank == 1)


@method(f"{SERIES}.__getitem__")
def series_item(call: Call) -> Value:
    """series[1:3], series[mask]; by a label it is not known which."""
    own, index = own_table(call), call.args[0]
    if own is None or own.shape.rank != 1:
        return call.unknown("the series is not known")
    if isinstance(index, SliceValue):
        return like(call, own, rows=SAME if _is_whole(index) else _rows_of_slice(own, index))
    mask = _mask(call, index)
    if mask is not None:
        return like(call, own, rows=mask_count(mask, call))
    if isinstance(index, ListValue) and not index.open and known(index):
        return like(call, own, rows=Dim(len(index.items)))
    return call.unknown("which item it is can't be known")


@attribute(f"{FRAME}.__getattr__")
def by_attribute(call: Call) -> Value:
    """df.name, where the frame has such a column."""
    return call.unknown("this column is not known")


@method(f"{FRAME}.__setitem__", f"{SERIES}.__setitem__")
@method(*(f"{table}.{name}.__setitem__" for table in (FRAME, SERIES) for name in ("loc", "iloc", "at", "iat")))
def set_item(call: Call) -> Value:
    """df["new"] = ... may add a column; with loc it may add rows, too."""
    own, index = call.receiver, call.args[0]
    if not isinstance(own, Array) or own.shape.dims is None:
        return None
    own.constant = own.low = own.high = None
    if "~table" in own.facts:
        table = own.facts.get("~table")
        if isinstance(table, Array) and table.shape.dims is not None:
            if call.name.endswith((".iloc.__setitem__", ".iat.__setitem__")):
                table.dtype, table.constant, table.low, table.high = None, None, None, None
                table.facts.pop("~kinds", None)
            else:
                sure = (isinstance(index, tuple) and _is_whole(index[0])) or _mask(
                    call, index[0] if isinstance(index, tuple) else index
                ) is not None
                rows = table.shape[0] if sure else ANY
                second = names_of(call, index[1]) if isinstance(index, tuple) and len(index) == 2 else None
                inside = not isinstance(index, tuple) or (
                    second is not None and table.columns is not None and all(n in table.columns for n in second)
                )
                rest = table.shape.dims[1:] if inside else (ANY,) * len(table.shape.dims[1:])
                changed(table, (rows, *rest), table.columns if inside else None, rows=not sure, cols=True)
        return None
    if own.shape.rank != 2:
        written_into(own)
        own.dtype = None
        if not isinstance(index, SliceValue) and _mask(call, index) is None:  # a label that isn't there yet adds a row
            changed(own, (ANY,), None, rows=True, cols=False)
        return None
    if isinstance(index, (Array, SliceValue)):
        own.dtype = None
        own.facts.pop("~kinds", None)
        return None
    rows, width = own.shape[0], own.shape[1]
    names = names_of(call, index)
    if own.columns is not None and names is not None:
        columns = own.columns
        for name in to_python(ListValue(names)):
            columns = columns if name in columns else (*columns, name)
        kinds = {k: v for k, v in own.facts.get("~kinds", {}).items() if k not in to_python(ListValue(names))}
        changed(
            own,
            (rows if own.columns or columns == own.columns else ANY, Dim(len(columns))),
            columns,
            rows=False,
            cols=True,
        )
        own.facts["~kinds"] = kinds
        new = call.args[1] if len(call.args) > 1 else None
        if (
            isinstance(index, str)
            and isinstance(new, Array)
            and new.shape.rank == 1
            and new.dtype in ("int", "float", "bool")
        ):
            if new.type_name != SERIES or new.facts.get("~rows") is own.facts.get("~rows"):
                own.facts["~kinds"][index] = new.dtype
        return None
    changed(own, (rows, ANY), None, rows=False, cols=True)
    del width
    return None


@method(f"{FRAME}.__delitem__")
def delete_item(call: Call) -> Value:
    """del df["a"]"""
    own, index = own_table(call), call.args[0]
    if own is not None and own.shape.rank == 2:
        without(own, names_of(call, index))
    return None


def without(own: Array, gone: list[Value] | None, count: Dim | None = None) -> None:
    """The frame loses these columns, in place; or so many, where their names aren't known."""
    assert own.shape.dims is not None
    if gone is None:
        left = own.shape.dims[1] - count if count is not None and "~doubles" not in own.facts else ANY
        changed(own, (own.shape.dims[0], left), None, rows=False, cols=True)
        return
    plain = to_python(ListValue(list(gone)))
    kinds = {k: v for k, v in own.facts.get("~kinds", {}).items() if k not in plain}
    rest = tuple(c for c in own.columns if c not in plain) if own.columns is not None else None
    width = Dim(len(rest)) if rest is not None else own.shape.dims[1] - len(set(plain))
    if rest is None and "~doubles" in own.facts:
        width = ANY
    changed(own, (own.shape.dims[0], width), rest, rows=False, cols=True)
    own.facts["~kinds"] = kinds


@method(f"{SERIES}.pop", f"{SERIES}.__delitem__")
def without_item(call: Call) -> Value:
    """series.pop(label), del series[label]"""
    own = own_table(call)
    if own is not None:
        changed(own, (ANY,), None, rows=True, cols=False)
    return call.unknown("which item it is can't be known") if call.name.endswith("pop") else None


@method(f"{FRAME}.pop")
def pop(call: Call) -> Value:
    """df.pop("a"): the column, which the frame loses."""
    own = own_table(call)
    if own is None or own.shape.rank != 2 or not call.args:
        return call.unknown("the table is not known")
    twice = "~doubles" in own.facts or (own.columns is not None and list(own.columns).count(call.args[0]) != 1)
    taken: Value = call.unknown("whether there is one such column is not known")
    if not twice and isinstance(call.args[0], str):
        taken = column(call, own, call.args[0])
    without(own, names_of(call, call.args[0]))
    return taken


# --- by position and by label

for _type in (FRAME, SERIES):
    for _name in ("iloc", "loc", "at", "iat"):
        base(f"{_type}.{_name}", "builtins.object")


@attribute(*(f"{t}.{n}" for t in (FRAME, SERIES) for n in ("iloc", "loc", "at", "iat")))
def locator(call: Call) -> Value:
    """df.iloc and df.loc, to be indexed."""
    own = own_table(call)
    if own is None:
        return call.unknown("the table is not known")
    return Array(
        own.shape, own.dtype, call.name, columns=own.columns, place=call.place, facts={**own.facts, "~table": own}
    )


@method(f"{FRAME}.iloc.__getitem__", f"{SERIES}.iloc.__getitem__")
def iloc(call: Call) -> Value:
    """df.iloc[rows, columns]: by position, each axis on its own."""
    own, index = call.receiver, call.args[0]
    table = own.facts.get("~table") if isinstance(own, Array) else None
    if not isinstance(own, Array) or not isinstance(table, Array) or own.shape.rank is None:
        return call.unknown("the table is not known")
    parts = index if isinstance(index, tuple) else (index,)
    if (
        any((isinstance(p, Unknown) and p.kind != "int") or p is ... or p is None for p in parts)
        or len(parts) > own.shape.rank
    ):
        return call.unknown("what is selected is not known")
    result = table
    for axis in reversed(
        range(len(parts))
    ):  # one axis at a time, the last first, so that an integer does not move the others
        turned = take_item(call, result, (*(SliceValue() for _ in range(axis)), parts[axis]))
        if not isinstance(turned, Array):
            return turned
        result = turned
    if result.shape.dims is None:
        return call.unknown("what is selected is not known")
    if result.shape.rank == 0:
        return call.unknown("the values of the table are not known")
    columns = _positions(table.columns, parts[1] if len(parts) > 1 else SliceValue())
    kept = len(parts) == 0 or _is_whole(parts[0])
    rank = result.shape.rank or 0
    is_row = table.shape.rank == 2 and rank == 1 and (is_int(parts[0]) or isinstance(parts[0], (Array, Unknown)))
    made = build(
        call, result.shape.dims, table.dtype, columns if rank == 2 else None, rows=token(table, "~rows") if kept and not is_row else None,
        source=table, facts=table.facts,
    )  # fmt: skip
    if rank == 2 and (len(parts) < 2 or _is_whole(parts[1])):
        made.facts["~cols"] = token(table, "~cols")
    if is_row and (len(parts) < 2 or _is_whole(parts[1])):
        made.facts["~rows"] = token(table, "~cols")
    if rank == 2 and columns is not None:
        made.facts["~kinds"] = {k: v for k, v in table.facts.get("~kinds", {}).items() if k in columns}
    return made


def _positions(columns: tuple[Any, ...] | None, part: Value) -> tuple[Any, ...] | None:
    """The names that positions pick."""
    if columns is None or not known(part) or isinstance(part, Array):
        return None
    plain = to_python(part)
    try:
        if isinstance(plain, slice):
            return columns[plain]
        if isinstance(plain, (list, tuple)) and not any(isinstance(p, bool) for p in plain):
            return tuple(columns[p] for p in plain)
        if isinstance(plain, range):
            return tuple(columns[p] for p in plain)
    except (IndexError, TypeError):
        return None
    return None


@method(f"{FRAME}.loc.__getitem__", f"{SERIES}.loc.__getitem__")
def loc(call: Call) -> Value:
    """df.loc[rows, names]: by label; slices of labels are as long as nobody knows."""
    own, index = call.receiver, call.args[0]
    table = own.facts.get("~table") if isinstance(own, Array) else None
    if not isinstance(table, Array) or table.shape.dims is None:
        return call.unknown("the table is not known")
    first, second = (index[0], index[1]) if isinstance(index, tuple) and len(index) == 2 else (index, SliceValue())
    if isinstance(index, tuple) and len(index) != 2:
        return call.unknown("what is selected is not known")
    mask = _mask(call, first)
    rows: Dim | None
    if _is_whole(first):
        rows = None
    elif isinstance(first, SliceValue):
        rows = ANY
    elif mask is not None:
        rows = mask_count(mask, call)
    elif _is_row(first):
        rows = ANY
    else:
        return call.unknown("which rows are selected is not known")
    if table.shape.rank == 1:
        return like(call, table, rows=SAME if rows is None else rows)
    if _is_whole(second):
        return like(call, table, rows=SAME if rows is None else rows)
    if table.columns is None and "~doubles" in table.facts:
        return call.unknown("whether there is one such column is not known")
    if isinstance(second, str):
        if table.columns is not None and list(table.columns).count(second) != 1:
            return call.unknown("this column is not known")
        return column(call, table, second, rows)
    names = names_of(call, second) if isinstance(second, (ListValue, Array)) else None
    if names is not None and all(isinstance(n, str) for n in names):
        if table.columns is not None and any(list(table.columns).count(n) != 1 for n in names):
            return call.unknown("one of these columns is not known")
        return columns_of(call, table, names, rows)
    if isinstance(second, SliceValue):
        chosen = _between(table.columns, second)
        if chosen is not None:
            return columns_of(call, table, list(chosen), rows)
    if isinstance(second, SliceValue) or _is_row(second):
        return build(
            call,
            (table.shape[0] if rows is None else rows, ANY),
            None,
            None,
            rows=token(table, "~rows") if rows is None else None,
            facts=table.facts,
        )
    return call.unknown("what is selected is not known")


def _between(columns: tuple[Any, ...] | None, part: SliceValue) -> tuple[Any, ...] | None:
    """The columns from one name to another, both included."""
    if columns is None or part.step is not None or len(set(columns)) != len(columns):
        return None
    if any(e is not None and (not isinstance(e, str) or e not in columns) for e in (part.start, part.stop)):
        return None
    first = columns.index(part.start) if part.start is not None else 0
    last = columns.index(part.stop) if part.stop is not None else len(columns) - 1
    return columns[first : last + 1]
