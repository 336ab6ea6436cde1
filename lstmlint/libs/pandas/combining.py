"""Tables put together: `concat`, `merge`, `join`, `get_dummies`, `assign`, `insert`."""

from __future__ import annotations

from typing import Any

from ...dims import ANY, Dim
from ...knowledge import Call, function, method
from ...values import Array, DictValue, ListValue, Value, fresh_int, is_int
from ..bridge import items_of, known, to_python
from .tables import FRAME, SERIES, build, changed, names_of, own_table, token, whole_kind


def _total(dims: list[Dim]) -> Dim:
    total = dims[0]
    for dim in dims[1:]:
        total = total + dim
    return Dim(total.size)


@function("pandas.concat")
def concat(call: Call) -> Value:
    """pd.concat(tables, axis=0): rows add up; or columns, where the rows are the same."""
    given = call.args[0] if call.args else call.kwargs.get("objs")
    parts = list(given.entries.values()) if isinstance(given, DictValue) and not given.open else items_of(call, given)
    axis = call.kwargs.get("axis", call.args[1] if len(call.args) > 1 else 0)
    if parts is not None:
        parts = [p for p in parts if p is not None]
    if not isinstance(axis, (int, str)) or "keys" in call.kwargs or isinstance(given, DictValue):
        return call.unknown("how the tables are put together is not followed")
    across = axis in (1, "columns")
    if not parts:
        return _of_open(call, given, across)
    tables = [p for p in parts if isinstance(p, Array) and p.type_name in (FRAME, SERIES) and p.shape.dims]
    if len(tables) != len(parts):
        return call.unknown("one of the tables is not known")
    return _side_by_side(call, tables) if across else _below(call, tables)


def _of_open(call: Call, given: Value, across: bool) -> Value:
    sample = given.sample if isinstance(given, ListValue) else None
    if not isinstance(sample, Array) or sample.type_name not in (FRAME, SERIES) or not sample.shape.dims:
        return call.unknown("the tables are not known")
    if across:
        return build(call, (ANY, ANY), None)
    return build(call, (ANY, *sample.shape.dims[1:]), sample.dtype, sample.columns, source=sample)


def _below(call: Call, tables: list[Array]) -> Value:
    rows = _total([t.shape[0] for t in tables])
    first = tables[0]
    if call.kwargs.get("join") == "inner" and any(t.shape.rank == 2 for t in tables):
        return build(call, (rows, ANY), None)
    kinds = {t.dtype for t in tables}
    kind = kinds.pop() if len(kinds) == 1 else None
    if all(t.shape.rank == 1 for t in tables):
        return build(call, (rows,), kind, source=first)
    if any(t.shape.rank == 1 for t in tables):
        return build(call, (rows, ANY), None)
    if len({id(token(t, "~cols")) for t in tables}) == 1:
        return build(call, (rows, first.shape[1]), kind, first.columns, cols=token(first, "~cols"), source=first)
    if all(t.columns is not None for t in tables):
        names: list[Any] = []
        for table in tables:
            names.extend(c for c in table.columns or () if c not in names)
        equal = all(t.columns == first.columns for t in tables)
        if any(len(set(t.columns or ())) != len(t.columns or ()) for t in tables):
            return build(call, (rows, ANY), None)
        return build(call, (rows, Dim(len(names))), kind if equal else None, tuple(names))
    return build(call, (rows, ANY), None)


def _side_by_side(call: Call, tables: list[Array]) -> Value:
    widths = [t.shape[1] if t.shape.rank == 2 else Dim(1) for t in tables]
    shared = len({id(token(t, "~rows")) for t in tables}) == 1
    rows = tables[0].shape[0] if shared else ANY
    columns: tuple[Any, ...] | None = None
    if all(t.shape.rank == 2 and t.columns is not None for t in tables):
        columns = tuple(c for t in tables for c in t.columns or ())
    kinds = {t.dtype for t in tables}
    kind = kinds.pop() if len(kinds) == 1 and shared else None
    made = build(call, (rows, _total(widths)), kind, columns, rows=token(tables[0], "~rows") if shared else None)
    made.facts["~doubles"] = True
    return made


@function("pandas.get_dummies")
def get_dummies(call: Call) -> Value:
    """pd.get_dummies(data): a column for each value, as many as the data has."""
    data = call.args[0] if call.args else call.kwargs.get("data")
    if not isinstance(data, Array) or not data.shape.dims:
        if (
            isinstance(data, ListValue)
            and not data.open
            and known(data)
            and data.items
            and "drop_first" not in call.kwargs
        ):
            plain = [v for v in to_python(data) if v is not None]
            return build(
                call, (Dim(len(data.items)), Dim(len(set(plain)))), "bool" if "dtype" not in call.kwargs else None
            )
        return call.unknown("the table is not known")
    rows = data.shape[0]
    shared = token(data, "~rows") if data.type_name in (FRAME, SERIES) else None
    if data.shape.rank == 1:
        width = fresh_int("n_classes", call.place, least=0)
        plain_call = not (call.kwargs.keys() - {"data"}) and len(call.args) == 1
        made = build(call, (rows, width), "bool" if "dtype" not in call.kwargs else None, rows=shared, source=data)
        if plain_call:
            made.low, made.high = 0.0, 1.0
        return made
    made = build(call, (rows, ANY), None, rows=shared, source=data)
    if "~doubles" in data.facts or (data.columns is not None and len(set(data.columns)) < len(data.columns)):
        made.facts["~doubles"] = True
    return made


@function(
    "pandas.merge",
    "pandas.merge_asof",
    "pandas.crosstab",
    "pandas.pivot_table",
    "pandas.melt",
    "pandas.wide_to_long",
    "pandas.json_normalize",
)
@method(*(f"{FRAME}.{n}" for n in ("merge", "join", "pivot", "pivot_table", "melt")))
def wide(call: Call) -> Value:
    """Tables whose size is the data's."""
    return build(call, (ANY, ANY))


@method(f"{FRAME}.assign")
def assign(call: Call) -> Value:
    """df.assign(name=values): new or replaced columns."""
    own = own_table(call)
    if own is None or call.open or own.shape.rank != 2:
        return call.unknown("the table is not known")
    if own.columns is None:
        return build(call, (own.shape[0], ANY), None, None, rows=token(own, "~rows"))
    columns = (*own.columns, *(n for n in call.kwargs if n not in own.columns))
    made = build(call, (own.shape[0], Dim(len(columns))), None, columns, rows=token(own, "~rows"))
    kinds = own.facts.get("~kinds", {})
    made.facts["~kinds"] = {c: k for c, k in kinds.items() if c not in call.kwargs}
    return made


@method(f"{FRAME}.insert")
def insert(call: Call) -> Value:
    """df.insert(position, name, values): a new column, in place."""
    own = own_table(call)
    arguments = call.bind("loc, column, value, allow_duplicates=False")
    if own is None or own.shape.rank != 2:
        return None
    at, name = arguments["loc"], arguments["column"]
    columns = None
    if own.columns is not None and isinstance(at, int) and isinstance(name, str):
        columns = (*own.columns[:at], name, *own.columns[at:])
    kinds = own.facts.get("~kinds", {})
    changed(own, (own.shape[0], own.shape[1] + 1), columns, rows=False, cols=True)
    own.facts["~kinds"] = kinds
    return None


@method(f"{SERIES}.append", f"{FRAME}.append")
def append(call: Call) -> Value:
    """The old df.append(other): gone in pandas 2."""
    own, other = own_table(call), call.args[0] if call.args else None
    if own is None or not isinstance(other, Array) or other.shape.rank != own.shape.rank:
        return call.unknown("the table is not known")
    return _below(call, [own, other])


@method(f"{SERIES}.to_frame")
def to_frame(call: Call) -> Value:
    """A frame of one column."""
    own = own_table(call)
    if own is None:
        return call.unknown("the series is not known")
    name = call.args[0] if call.args else call.kwargs.get("name")
    columns = (name,) if isinstance(name, str) else None
    return build(call, (own.shape[0], Dim(1)), own.dtype, columns, rows=token(own, "~rows"), facts=own.facts)


@method(f"{FRAME}.rename", f"{FRAME}.add_prefix", f"{FRAME}.add_suffix", f"{FRAME}.set_axis", f"{SERIES}.rename", f"{SERIES}.rename_axis",
        f"{FRAME}.rename_axis")  # fmt: skip
def rename(call: Call) -> Value:
    """The same table under other names."""
    own, short = own_table(call), call.name.rpartition(".")[2]
    if own is None:
        return call.unknown("the table is not known")
    columns = own.columns
    given = call.kwargs.get("columns")
    if short == "rename" and given is None and call.kwargs.get("axis") in (1, "columns"):
        given = call.args[0] if call.args else call.kwargs.get("mapper")
    if short == "rename" and own.shape.rank == 2 and given is not None:
        plain = to_python(given) if isinstance(given, DictValue) and known(given) else None
        columns = tuple(plain.get(c, c) for c in columns) if plain is not None and columns is not None else None
    elif short in ("add_prefix", "add_suffix") and columns is not None and call.args and isinstance(call.args[0], str):
        columns = tuple(f"{call.args[0]}{c}" if short == "add_prefix" else f"{c}{call.args[0]}" for c in columns)
    elif short in ("set_axis", "add_prefix", "add_suffix") or (short == "rename" and "mapper" in call.kwargs):
        columns = None
    assert own.shape.dims is not None
    if call.kwargs.get("inplace", False) is not False:
        kind = own.dtype
        changed(own, own.shape.dims, columns, rows=False, cols=True)
        own.dtype = kind
        return None
    return build(call, own.shape.dims, own.dtype, columns, rows=token(own, "~rows"), facts=own.facts)


@method(f"{FRAME}.set_index")
def set_index(call: Call) -> Value:
    """df.set_index("a"): the columns become the index."""
    own = own_table(call)
    given = call.args[0] if call.args else call.kwargs.get("keys")
    names = names_of(call, given)
    inplace = call.kwargs.get("inplace", False)
    if own is None or own.shape.rank != 2:
        return call.unknown("the table is not known")
    rows, width = own.shape[0], own.shape[1]
    columns: tuple[Any, ...] | None = None
    size: Dim = ANY
    if call.kwargs.get("drop", True) is not True or (isinstance(given, Array) and names is None):
        size, columns = width, own.columns
        if call.kwargs.get("drop", True) is not True and not isinstance(call.kwargs.get("drop"), bool):
            size, columns = ANY, None
    elif names is not None:
        plain = to_python(ListValue(names))
        columns = tuple(c for c in own.columns if c not in plain) if own.columns is not None else None
        size = Dim(len(columns)) if columns is not None else width - len(plain)
    kinds = {c: k for c, k in own.facts.get("~kinds", {}).items() if columns is None or c in columns}
    if inplace is not False:
        changed(own, (rows, size), columns, rows=True, cols=True)
        target: Array = own
    else:
        target = build(call, (rows, size), None, columns, facts=own.facts)
    target.facts["~kinds"] = kinds
    target.dtype = whole_kind(target)
    target.facts["~levels"] = len(names) if names is not None else 1
    return None if inplace is not False else target


@method(f"{FRAME}.reset_index", f"{SERIES}.reset_index")
def reset_index(call: Call) -> Value:
    """df.reset_index(): the index becomes a column, or goes with drop=True."""
    own = own_table(call)
    if own is None:
        return call.unknown("the table is not known")
    assert own.shape.dims is not None
    dropped, inplace = call.kwargs.get("drop", False), call.kwargs.get("inplace", False)
    levels = own.facts.get("~levels", 1)
    rows, rest = own.shape.dims[0], own.shape.dims[1:]
    if dropped is True:
        dims, columns = own.shape.dims, own.columns
    elif dropped is False and not call.args and "level" not in call.kwargs and is_int(levels):
        dims, columns = (rows, (rest[0] if rest else Dim(1)) + levels), None
    else:
        dims, columns = (rows, ANY), None
        if not isinstance(dropped, bool) and not rest:
            return call.unknown("whether the index becomes a column is not known")
    if inplace is not False:
        kind = own.dtype if dropped is True else None
        kinds = own.facts.get("~kinds", {})
        changed(own, dims, columns, rows=True, cols=dropped is not True)
        own.dtype = kind
        own.facts["~kinds"] = kinds
        own.facts["~levels"] = 1
        return None
    made = build(call, dims, own.dtype if dropped is True else None, columns, facts=own.facts)
    if dropped is True and own.shape.rank == 2:
        made.facts["~cols"] = token(own, "~cols")
        made.facts["~kinds"] = dict(own.facts.get("~kinds", {}))
    return made


@method(
    f"{FRAME}.align", f"{SERIES}.align", f"{FRAME}.groupby", f"{SERIES}.groupby", f"{FRAME}.stack", f"{FRAME}.unstack"
)
def groups(call: Call) -> Value:
    """Groups and what comes of them depend on the data."""
    return call.unknown(f"what {call.name.rpartition('.')[2]}() gives depends on the data")
