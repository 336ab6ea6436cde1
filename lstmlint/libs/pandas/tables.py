"""DataFrames and Series as arrays: how one is made of another, and which rows and columns two of them share.

Two facts of the engine's own go with a table: "~rows" is the same object in all tables whose rows have the same labels in the same
order, "~cols" the same for columns. Tables are matched by labels, so these say when an operation keeps the shape.
"""

from __future__ import annotations

from typing import Any

from ...dims import ANY, Dim, symbol
from ...knowledge import Call, base
from ...places import Origin
from ...shapes import UNKNOWN_SHAPE, Shape
from ...values import Array, ListValue, Made, Value
from ..bridge import known, label, to_python

FRAME, SERIES, INDEX = "pandas.DataFrame", "pandas.Series", "pandas.Index"
for _type in (FRAME, SERIES, INDEX):
    base(_type, "builtins.object")

KEPT = ("scaled_by", "split", "split_of", "split_id", "split_at", "shuffled", "~doubles")
"""Facts that a table hands on; "~doubles" says that several columns may have one name."""


class Same:
    """Stands for "as in the other table"."""


SAME = Same()


def own_table(call: Call) -> Array | None:
    """The table that a method or attribute belongs to; None when nothing is known of it."""
    own = call.receiver
    return own if isinstance(own, Array) and own.shape.dims is not None else None


def token(table: Array, name: str) -> object:
    """What identifies the table's row labels ("~rows") or columns ("~cols")."""
    return table.facts.setdefault(name, object())


def build(
    call: Call, dims: tuple[Dim, ...] | None, dtype: str | None = None, columns: tuple[Any, ...] | None = None, *,
    rows: object = None, cols: object = None, source: Value = None, facts: dict[str, Any] | None = None,
) -> Array:  # fmt: skip
    """A DataFrame (two axes) or a Series (one) that this call makes."""
    kind = SERIES if dims is not None and len(dims) == 1 else FRAME
    told = {k: v for k, v in (facts or {}).items() if k in KEPT}
    if rows is not None:
        told["~rows"] = rows
    if cols is not None:
        told["~cols"] = cols
    source = source if source is not None else call.receiver
    return Array(
        Shape(dims) if dims is not None else UNKNOWN_SHAPE, dtype, kind, columns=columns, made=Made(call.name, (source,), call.place),
        place=call.place, facts=told,
    )  # fmt: skip


def like(
    call: Call, own: Array, *, rows: Dim | Same = SAME, dtype: str | Same | None = SAME, keep_rows: bool | None = None
) -> Array:
    """A table with the columns of another, and its rows unless others are given."""
    assert own.shape.dims is not None
    same_rows = isinstance(rows, Same) if keep_rows is None else keep_rows
    first = own.shape.dims[0] if isinstance(rows, Same) else rows
    kind = own.dtype if isinstance(dtype, Same) else dtype
    made = build(
        call, (first, *own.shape.dims[1:]), kind, own.columns, rows=token(own, "~rows") if same_rows else None,
        cols=token(own, "~cols") if own.shape.rank == 2 else None, source=own, facts=own.facts,
    )  # fmt: skip
    if isinstance(dtype, Same) and "~kinds" in own.facts:
        made.facts["~kinds"] = dict(own.facts["~kinds"])
    return made


def column(call: Call, own: Array, name: Value, rows: Dim | None = None) -> Array:
    """One column of a frame, as a Series."""
    plain = to_python(name) if known(name) else None
    kind = own.dtype if own.dtype is not None else own.facts.get("~kinds", {}).get(plain)
    shared = token(own, "~rows") if rows is None else None
    made = build(
        call, (rows if rows is not None else own.shape[0],), kind, None, rows=shared, source=own, facts=own.facts
    )
    made.facts["~of"] = own, plain
    return made


def written_into(table: Array) -> None:
    """A column that is changed in place may be its frame's own: what the frame's column holds is not known any more."""
    frame, name = table.facts.get("~of", (None, None))
    if frame is not None:
        frame.facts.get("~kinds", {}).pop(name, None)
        frame.dtype = None


def columns_of(call: Call, own: Array, names: list[Value], rows: Dim | None = None) -> Array:
    """Some columns of a frame by name, in this order."""
    plain = tuple(to_python(ListValue(names)))
    shared = token(own, "~rows") if rows is None else None
    made = build(
        call,
        (rows if rows is not None else own.shape[0], Dim(len(plain))),
        own.dtype,
        plain,
        rows=shared,
        source=own,
        facts=own.facts,
    )
    kinds = own.facts.get("~kinds", {})
    made.facts["~kinds"] = {n: kinds[n] for n in plain if n in kinds}
    if own.dtype is None:
        made.dtype = whole_kind(made)
    return made


def whole_kind(table: Array) -> str | None:
    """The kind of all columns together, where it is the same for each; None when they differ or aren't known."""
    kinds = table.facts.get("~kinds", {})
    if not table.columns or any(c not in kinds for c in table.columns):
        return None
    found = {kinds[c] for c in table.columns}
    return found.pop() if len(found) == 1 else None


def some_rows(call: Call, own: Array) -> Dim:
    """Fewer rows, how many nobody knows."""
    return ANY


def changed(own: Array, dims: tuple[Dim, ...], columns: tuple[Any, ...] | None, *, rows: bool, cols: bool) -> None:
    """A table changed in place: other rows, other columns, or both."""
    own.shape, own.columns = Shape(dims), columns
    own.constant = own.low = own.high = None
    if rows:
        own.facts["~rows"] = object()
    if cols:
        own.facts["~cols"] = object()
        own.facts.pop("~kinds", None)
        own.dtype = None


def named(call: Call, name: str, axis: int) -> Dim:
    """A size that is the file's."""
    return Dim(symbol(name, axis), None, Origin(f"{label(call)}.shape[{axis}]", call.place))


def names_of(call: Call, value: Value) -> list[Value] | None:
    """The column names that an argument gives (a list, a tuple, an Index, one name); None when they can't be seen."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Array) and value.type_name == INDEX:
        return list(value.constant) if isinstance(value.constant, tuple) else None
    if isinstance(value, (ListValue, tuple)) and known(value):
        return list(value.items) if isinstance(value, ListValue) else list(value)
    return None
