"""Fewer rows or columns: `drop`, `head`, `sample`, `dropna`, `select_dtypes` and their relatives."""

from __future__ import annotations

from ...dims import ANY, Dim, less
from ...knowledge import Call, method
from ...shapes import Shape
from ...values import Array, ListValue, Value, is_int, to_dim
from ..bridge import to_python
from .selecting import without
from .tables import FRAME, INDEX, SERIES, build, changed, columns_of, like, names_of, own_table, token


@method(f"{FRAME}.drop", f"{SERIES}.drop")
def drop(call: Call) -> Value:
    """df.drop(columns=names), df.drop(names, axis=1), df.drop(labels)"""
    own = own_table(call)
    if own is None:
        return call.unknown("the table is not known")
    inplace = call.kwargs.get("inplace", False)
    target = own if inplace is True else like(call, own)
    if own.dtype is None:
        target.facts["~kinds"] = dict(own.facts.get("~kinds", {}))
    axis = call.kwargs.get("axis", call.args[1] if len(call.args) > 1 else 0)
    names, labels = call.kwargs.get("columns"), call.kwargs.get("index")
    first = call.args[0] if call.args else call.kwargs.get("labels")
    if first is not None:
        if not isinstance(axis, (int, str)) or inplace not in (True, False):
            if inplace is not False and own.shape.dims is not None:
                changed(own, (ANY,) * len(own.shape.dims), None, rows=True, cols=True)
            return call.unknown("what is dropped is not known")
        if axis in (1, "columns"):
            names = first
        else:
            labels = first
    ignore = call.kwargs.get("errors") == "ignore"
    if names is not None and own.shape.rank == 2:
        gone = names_of(call, names)
        if ignore and (gone is None or own.columns is None):
            gone = None
        without(target, gone, names.shape[0] if isinstance(names, Array) and names.type_name == INDEX else None)
        if own.dtype is not None:
            target.dtype = own.dtype
    if labels is not None:
        assert target.shape.dims is not None
        rows = ANY  # several rows may have one label
        cols, kinds, dtype = target.facts.get("~cols"), target.facts.get("~kinds"), target.dtype
        changed(target, (rows, *target.shape.dims[1:]), target.columns, rows=True, cols=False)
        if cols is not None:
            target.facts["~cols"] = cols
        if kinds is not None:
            target.facts["~kinds"] = kinds
        target.dtype = dtype
    return None if inplace is True else target


_DROPPING = (
    "dropna",
    "drop_duplicates",
    "query",
    "truncate",
    "between_time",
    "asof",
    "last",
    "first",
    "nlargest",
    "nsmallest",
)


@method(*(f"{t}.{n}" for t in (FRAME, SERIES) for n in ("head", "tail", "sample", *_DROPPING)))
def fewer_rows(call: Call) -> Value:
    """Methods that keep some of the rows."""
    own, short = own_table(call), call.name.rpartition(".")[2]
    if own is None:
        return call.unknown("the table is not known")
    first = call.args[0] if call.args else None
    rows: Dim = ANY
    if short in ("head", "tail"):
        count = call.kwargs.get("n", first if first is not None else 5)
        sure = is_int(count) and less(to_dim(count).exact or 0, 0) is False
        rows = to_dim(count).minimum(own.shape[0]) if sure and own.shape[0].exact is not None else ANY
    elif short == "sample":
        count, part = call.kwargs.get("n", first), call.kwargs.get("frac")
        if part in (1, 1.0) and not isinstance(part, bool):
            rows = own.shape[0]
        elif part is None:
            rows = to_dim(1 if count is None else count) if count is None or is_int(count) else ANY
        made = like(call, own, rows=rows)
        made.facts["shuffled"] = True
        if call.kwargs.get("axis", 0) not in (0, "index"):
            return call.unknown("a sample of columns is not followed")
        return made
    columns_too = short == "dropna" and call.kwargs.get("axis", 0) not in (0, "index")
    if call.kwargs.get("inplace", False) is not False:
        assert own.shape.dims is not None
        rest = own.shape.dims[1:]
        changed(own, (ANY if not columns_too else own.shape.dims[0], *(ANY if columns_too else d for d in rest)),
                None if columns_too else own.columns, rows=not columns_too, cols=columns_too)  # fmt: skip
        return None
    if columns_too:
        return build(call, (own.shape[0], ANY), own.dtype, None, rows=token(own, "~rows"))
    return like(call, own, rows=rows)


@method(f"{FRAME}.select_dtypes", f"{FRAME}.filter")
def some_columns(call: Call) -> Value:
    """Some of the columns; which depends on the data."""
    own = own_table(call)
    if own is None:
        return call.unknown("the table is not known")
    names = names_of(call, call.kwargs.get("items")) if call.name.endswith("filter") else None
    if names is not None and own.columns is not None and all(n in own.columns for n in names):
        return columns_of(call, own, names)
    if call.kwargs.get("axis", 1) not in (1, "columns"):
        return call.unknown("which rows are kept is not known")
    return build(call, (own.shape[0], ANY), None, None, rows=token(own, "~rows"))


@method(f"{FRAME}.reindex", f"{SERIES}.reindex", f"{FRAME}.reindex_like")
def reindex(call: Call) -> Value:
    """Other labels, in another number."""
    own = own_table(call)
    if own is None or own.shape.rank is None:
        return call.unknown("the table is not known")
    names = names_of(call, call.kwargs.get("columns")) if "columns" in call.kwargs else None
    if names is not None and len(call.kwargs) == 1 and not call.args:
        return build(
            call, (own.shape[0], Dim(len(names))), None, tuple(to_python(ListValue(names))), rows=token(own, "~rows")
        )
    return build(call, Shape.any(own.shape.rank).dims)
