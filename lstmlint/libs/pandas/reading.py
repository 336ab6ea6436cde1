"""Tables out of files and literals."""

from __future__ import annotations

from typing import Any

from ...dims import ANY, Dim, same
from ...knowledge import Call, function
from ...shapes import Shape
from ...values import Array, DictValue, IteratorValue, ListValue, RangeValue, Unknown, Value, is_int
from ..bridge import known, length_of, to_python
from ..columns import TEXT
from ..numpy.arrays import as_array, dtype_of
from . import headers
from .tables import FRAME, INDEX, SERIES, build, named, names_of, token, whole_kind

_CSV = ("read_csv", "read_table", "read_fwf")


@function(*(f"pandas.{n}" for n in (*_CSV, "read_excel", "read_parquet", "read_feather", "read_pickle", "read_hdf", "read_json", "read_sql",
                                    "read_sql_query", "read_html")))  # fmt: skip
def read(call: Call) -> Value:
    """A table as large as the file; the columns are known where the call names them, or the file is in the project."""
    short = call.name.removeprefix("pandas.")
    if (
        call.open
        or call.kwargs.get("chunksize") is not None
        or call.kwargs.get("iterator")
        or call.kwargs.get("squeeze")
    ):
        return call.unknown("what is read is not known")
    if short in ("read_pickle", "read_hdf", "read_json", "read_html"):
        return call.unknown("what the file holds is not known")
    if (short == "read_excel" and call.kwargs.get("sheet_name", 0) is None) or isinstance(
        call.kwargs.get("sheet_name"), ListValue
    ):
        return call.unknown("several sheets are a dict of tables")
    rows = named(call, "rows", 0)
    index, used, names = call.kwargs.get("index_col"), call.kwargs.get("usecols"), call.kwargs.get("names")
    taken = 0
    if index is not None and index is not False:
        taken = len(index.items) if isinstance(index, ListValue) and not index.open else 1
        if isinstance(index, Unknown):
            return build(call, (rows, named(call, "columns", 1)), source=call.args[0] if call.args else None)
    width, columns = named(call, "columns", 1), None
    chosen = names_of(call, used) if not isinstance(used, str) else None
    if short in _CSV and chosen is not None:
        width = Dim(len(chosen) - taken)
    elif short in _CSV and used is None and names is not None:
        given = names_of(call, names)
        if given is not None:
            width = Dim(len(given) - taken)
            columns = tuple(to_python(ListValue(given))) if not taken else None
    elif used is not None and (isinstance(used, RangeValue) and known(used)) and short in _CSV:
        width = Dim(len(to_python(used)) - taken)
    in_file = headers.columns(call) if short in _CSV else None
    if in_file is not None:
        width, columns = Dim(len(in_file.names), None, width.origin), in_file.names
    made = build(call, (rows, width), None, columns, source=call.args[0] if call.args else None)
    kind, _ = dtype_of(call.kwargs.get("dtype"))
    made.dtype = kind if kind in ("float", "int") else None
    made.facts["~levels"] = max(taken, 1)
    if in_file is not None and in_file.texts:
        made.facts["~kinds"] = dict.fromkeys(in_file.texts, TEXT)
    return made


@function(FRAME, f"{FRAME}.from_dict", f"{FRAME}.from_records")
def frame(call: Call) -> Value:
    """pd.DataFrame(data, index=None, columns=None, dtype=None)"""
    data = call.args[0] if call.args else call.kwargs.get("data")
    index = call.kwargs.get("index", call.args[1] if len(call.args) > 1 else None)
    names = call.kwargs.get("columns", call.args[2] if len(call.args) > 2 else None)
    given = names_of(call, names) if not isinstance(names, str) else None
    columns = tuple(to_python(ListValue(given))) if given is not None else None
    if call.open or "orient" in call.kwargs:
        return build(call, (ANY, ANY))
    made = _framed(call, data, index, names, columns)
    kind, _ = dtype_of(call.kwargs.get("dtype"))
    if call.kwargs.get("dtype") is not None:
        made.dtype = kind
        made.facts.pop("~kinds", None)
    return made


def _framed(call: Call, data: Value, index: Value, names: Value, columns: tuple[Any, ...] | None) -> Array:
    rows_given = length_of(call, index) if index is not None else None
    width = Dim(len(columns)) if columns is not None else ANY
    if data is None or (isinstance(data, ListValue) and not data.items and not data.open):
        return build(call, (rows_given if index is not None and rows_given is not None else Dim(0) if index is None else ANY,
                            width if names is not None else Dim(0)), None, columns)  # fmt: skip
    if isinstance(data, DictValue):
        return _of_dict(call, data, index, rows_given, names, columns)
    if isinstance(data, Array) and data.type_name == FRAME and data.shape.rank == 2:
        if index is not None or names is not None:
            return build(
                call,
                (ANY if index is not None else data.shape[0], width if names is not None else data.shape[1]),
                None,
                columns,
            )
        return build(
            call,
            data.shape.dims,
            data.dtype,
            data.columns,
            rows=token(data, "~rows"),
            cols=token(data, "~cols"),
            source=data,
        )
    if isinstance(data, Array) and data.type_name == SERIES:
        if names is not None or index is not None:
            return build(call, (ANY if index is not None else data.shape.get(0), ANY), None)
        return build(call, (data.shape.get(0), Dim(1)), data.dtype, None, rows=token(data, "~rows"), source=data)
    if isinstance(data, ListValue) and data.items and all(isinstance(v, DictValue) for v in data.items):
        keys: list[Any] = []
        for row in data.items:
            keys.extend(k for k in row.entries if k not in keys)
        closed = not data.open and not any(row.open for row in data.items)
        if not closed or names is not None:
            return build(
                call,
                (Dim(len(data.items)) if not data.open else ANY, width if names is not None else ANY),
                None,
                columns,
            )
        return build(call, (Dim(len(data.items)), Dim(len(keys))), None, tuple(keys))
    array = as_array(call, data) if not isinstance(data, IteratorValue) else None
    if array is None or array.shape.rank not in (1, 2):
        return build(call, (ANY, width), None, columns)
    dims = array.shape.dims or ()
    if len(dims) == 1:
        dims = (*dims, Dim(1))
    if columns is not None and same(dims[1], len(columns)) is False:
        call.refuse(
            "columns", f"{dims[1]} column names", f"{len(columns)}", f"Shape of passed values is {Shape(dims)}, indices imply "
            f"({dims[0]}, {len(columns)})", array=array,
        )  # fmt: skip
    second = width if columns is not None and dims[1].exact is None else dims[1]
    kind = array.dtype if isinstance(data, Array) and array.dtype in ("float", "int", "bool") else None
    rows = (*data.items, data.sample) if isinstance(data, ListValue) else ()
    labelled = any(isinstance(row, Array) and row.type_name == SERIES for row in rows)  # whose labels are the columns
    if columns is None and names is None and not labelled and second.known is not None and second.known <= 200:
        columns = tuple(range(second.known))
    made = build(call, (dims[0], second), kind, columns, source=data)
    made.low, made.high = array.low, array.high
    return made


def _of_dict(
    call: Call, data: DictValue, index: Value, rows_given: Dim | None, names: Value, columns: tuple[Any, ...] | None
) -> Array:
    keys = tuple(data.entries)
    if data.open:
        return build(call, (ANY, ANY))
    values = {k: as_array(call, v) for k, v in data.entries.items()}
    chosen = columns if columns is not None else keys if names is None else None
    width = Dim(len(chosen)) if chosen is not None else ANY
    sizes = [a.shape[0] for a in values.values() if a is not None and a.shape.rank == 1]
    labelled = [v for v in data.entries.values() if isinstance(v, Array) and v.type_name in (SERIES, FRAME)]
    shared = {id(token(v, "~rows")) for v in labelled}
    rows: Dim = ANY
    if index is not None:
        rows = rows_given if rows_given is not None else ANY
    elif not labelled:
        rows = next((s for s in sizes if s.exact is not None), ANY)
        if len(sizes) < len(values) and any(a is None for a in values.values()):
            rows = rows if rows.exact is not None else ANY
        for size in sizes:
            if same(rows, size) is False:
                call.refuse(
                    "columns", "columns of one length", f"{rows} and {size}", "All arrays must be of the same length"
                )
    elif len(shared) == 1:
        rows = labelled[0].shape[0]
    made = build(call, (rows, width), None, chosen)
    if labelled and len(shared) == 1 and index is None:
        made.facts["~rows"] = token(labelled[0], "~rows")
    numbers = ("int", "float", "bool")
    if index is None or not labelled:
        made.facts["~kinds"] = {
            k: TEXT if a.dtype == "string" else a.dtype
            for k, a in values.items()
            if a is not None and a.shape.rank == 1 and a.dtype in (*numbers, "string") and chosen and k in chosen
        }
        made.dtype = whole_kind(made)
    return made


@function(SERIES)
def series(call: Call) -> Value:
    """pd.Series(data, index=None, dtype=None)"""
    data = call.args[0] if call.args else call.kwargs.get("data")
    index = call.kwargs.get("index", call.args[1] if len(call.args) > 1 else None)
    kind, _ = dtype_of(call.kwargs.get("dtype"))
    if isinstance(data, DictValue):
        rows = Dim(len(data.entries)) if not data.open and index is None else ANY
        return build(call, (rows,), kind, source=data)
    if is_int(data) or isinstance(data, (float, str)):
        size = length_of(call, index) if index is not None else Dim(1)
        return build(call, (size if size is not None else ANY,), kind, source=data)
    array = as_array(call, data) if data is not None else None
    if array is None or array.shape.rank != 1:
        return build(call, (ANY,), kind, source=data)
    if isinstance(data, Array) and data.type_name == SERIES and index is not None:
        return build(call, (length_of(call, index) or ANY,), None, source=data)
    if call.kwargs.get("dtype") is None and array.dtype in ("float", "int", "bool"):
        kind = array.dtype
    made = build(call, (array.shape[0],), kind, source=data)
    if isinstance(data, Array) and data.type_name == SERIES:
        made.facts["~rows"] = token(data, "~rows")
    made.low, made.high = array.low, array.high
    return made


@function("pandas.date_range", "pandas.period_range", "pandas.bdate_range", "pandas.timedelta_range", "pandas.RangeIndex", INDEX,
          "pandas.DatetimeIndex")  # fmt: skip
def index_of(call: Call) -> Value:
    """An index: as many labels as `periods` says."""
    periods = call.kwargs.get("periods", call.args[2] if len(call.args) > 2 else None)
    size = Dim.of(periods) if is_int(periods) and periods is not None else ANY
    if call.name.endswith("Index"):
        array = as_array(call, call.args[0]) if call.args and not is_int(call.args[0]) else None
        size = array.shape[0] if array is not None and array.shape.rank else ANY
    return Array(Shape((size,)), None, INDEX, place=call.place)
