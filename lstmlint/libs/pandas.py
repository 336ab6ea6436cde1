"""Tables: the shapes of DataFrames and Series, and the arrays that they become."""

from __future__ import annotations

from ..dims import ANY, Dim, symbol
from ..knowledge import Call, attribute, base, function, method
from ..places import Origin
from ..shapes import UNKNOWN_SHAPE, Shape
from ..values import Array, DictValue, ListValue, SliceValue, Value, is_int
from .bridge import known, label, to_python
from .numpy.arrays import as_array, dtype_of, make
from .numpy.constants import array_len
from .numpy.elementwise import astype, operator_, unary
from .numpy.indexing import ndim, shape, size, take_item, transposed
from .slices import slice_bounds

FRAME, SERIES = "pandas.DataFrame", "pandas.Series"
base(FRAME, "builtins.object")
base(SERIES, "builtins.object")
for _type in (FRAME, SERIES):
    attribute(f"{_type}.shape")(shape)
    attribute(f"{_type}.ndim")(ndim)
    attribute(f"{_type}.size")(size)
    attribute(f"{_type}.T")(transposed)
    method(f"{_type}.__len__")(array_len)
    method(f"{_type}.__operator__")(operator_)
    method(f"{_type}.__unary__")(unary)
    method(f"{_type}.astype")(astype)


def table(
    call: Call, dims: tuple[Dim, ...] | None, dtype: str | None = None, columns: tuple[Value, ...] | None = None
) -> Array:
    """A DataFrame (two axes) or a Series (one) that this call makes."""
    kind = SERIES if dims is not None and len(dims) == 1 else FRAME
    return make(
        call, Shape(dims) if dims is not None else UNKNOWN_SHAPE, dtype, call.receiver, type_name=kind, columns=columns
    )


def _symbol(call: Call, name: str, axis: int) -> Dim:
    return Dim(symbol(name, axis), None, Origin(f"{label(call)}.shape[{axis}]", call.place))


@function("pandas.read_csv", "pandas.read_excel", "pandas.read_table", "pandas.read_parquet", "pandas.read_hdf")
def read(call: Call) -> Value:
    """A table as large as the file."""
    if (
        call.kwargs.get("chunksize") is not None
        or call.kwargs.get("iterator")
        or call.kwargs.get("squeeze")
        or call.open
    ):
        return call.unknown("what is read is not known")
    if call.name.endswith(("excel", "hdf")):
        return call.unknown("what the file holds is not known")
    return table(call, (_symbol(call, "rows", 0), _symbol(call, "columns", 1)))


@function(FRAME)
def frame(call: Call) -> Value:
    """pd.DataFrame(data, columns=...)"""
    data = call.args[0] if call.args else call.kwargs.get("data")
    if call.kwargs.get("index") is not None or len(call.args) > 1:
        return make(call, Shape.any(2), None, data, type_name=FRAME)
    names = call.kwargs.get("columns")
    columns = (
        tuple(to_python(names))
        if names is not None and known(names) and isinstance(names, (ListValue, tuple))
        else None
    )
    if isinstance(data, DictValue) and not data.open and names is None:
        arrays = [as_array(call, v) for v in data.entries.values()]
        rows = next((a.shape[0] for a in arrays if a is not None and a.shape.rank == 1), ANY)
        if any(isinstance(v, Array) and v.type_name == SERIES for v in data.entries.values()):
            rows = ANY
        return make(
            call, Shape((rows, Dim(len(data.entries)))), None, data, type_name=FRAME, columns=tuple(data.entries)
        )
    array = as_array(call, data) if isinstance(data, Array) and not data.type_name.startswith("pandas.") else None
    if array is not None and array.shape.rank in (1, 2):
        dims = array.shape.dims or ()
        dims = (*dims, Dim(1)) if len(dims) == 1 else dims
        return make(call, Shape(dims), array.dtype, data, type_name=FRAME, columns=columns)
    return make(call, Shape.any(2), None, data, type_name=FRAME)


@function(SERIES)
def series(call: Call) -> Value:
    """pd.Series(data)"""
    data = call.args[0] if call.args else call.kwargs.get("data")
    array = (
        as_array(call, data)
        if not isinstance(data, DictValue) and "index" not in call.kwargs and len(call.args) == 1
        else None
    )
    if array is None or array.shape.rank != 1:
        return make(call, Shape.any(1), None, data, type_name=SERIES)
    return make(call, array.shape, array.dtype, data, type_name=SERIES)


@attribute(f"{FRAME}.values", f"{SERIES}.values")
@method(f"{FRAME}.to_numpy", f"{SERIES}.to_numpy", f"{FRAME}.as_matrix")
def values(call: Call) -> Value:
    """The array in the table."""
    own = call.receiver
    if not isinstance(own, Array):
        return call.unknown("the table is not known")
    kind = dtype_of(call.kwargs["dtype"])[0] if call.kwargs.get("dtype") is not None else own.dtype
    return make(call, own.shape, kind, own)


@method(f"{FRAME}.__getitem__")
def frame_item(call: Call) -> Value:
    """df["a"], df[["a", "b"]], df[mask], df[1:3]"""
    own, index = call.receiver, call.args[0]
    if not isinstance(own, Array) or own.shape.rank != 2:
        return call.unknown("the table is not known")
    rows = own.shape[0]
    if isinstance(index, str):
        return (
            table(call, (rows,))
            if own.columns is None or list(own.columns).count(index) == 1
            else call.unknown("this column is not known")
        )
    if isinstance(index, ListValue) and not index.open and index.items and all(isinstance(v, str) for v in index.items):
        return table(call, (rows, Dim(len(index.items))), None, tuple(index.items))
    if isinstance(index, SliceValue):
        taken = (
            slice_bounds(index, rows) if not isinstance(index.start, str) and not isinstance(index.stop, str) else None
        )
        return table(call, (taken or ANY, own.shape[1]), own.dtype, own.columns)
    if isinstance(index, Array) and index.dtype == "bool" and index.shape.rank == 1:
        return table(call, (ANY, own.shape[1]), own.dtype, own.columns)
    return call.unknown("what is selected is not known")


@method(f"{SERIES}.__getitem__")
def series_item(call: Call) -> Value:
    """series[1:3], series[mask]; by a label it is not known which."""
    own, index = call.receiver, call.args[0]
    if isinstance(own, Array) and isinstance(index, SliceValue) and own.shape.rank == 1:
        return table(call, (ANY,), own.dtype)
    if isinstance(index, Array) and index.dtype == "bool":
        return table(call, (ANY,), None)
    return call.unknown("which item it is can't be known")


@method(f"{FRAME}.__setitem__", f"{SERIES}.__setitem__")
def set_item(call: Call) -> Value:
    """df["new"] = ... may add a column."""
    own, index = call.receiver, call.args[0]
    if isinstance(own, Array) and own.shape.rank == 2:
        rows, width = own.shape[0], own.shape[1]
        if own.columns is not None and isinstance(index, str):
            if index not in own.columns:
                own.columns = (*own.columns, index)
                own.shape = Shape((rows, width + 1))
        else:
            own.shape, own.columns = Shape((rows, ANY)), None
        own.dtype = None
    return None


for _type in (FRAME, SERIES):
    for _name in ("iloc", "loc"):
        base(f"{_type}.{_name}", "builtins.object")


@attribute(f"{FRAME}.iloc", f"{SERIES}.iloc", f"{FRAME}.loc", f"{SERIES}.loc")
def locator(call: Call) -> Value:
    """df.iloc and df.loc, to be indexed."""
    own = call.receiver
    if not isinstance(own, Array):
        return call.unknown("the table is not known")
    return make(call, own.shape, own.dtype, own, type_name=call.name, columns=own.columns)


@method(f"{FRAME}.iloc.__getitem__", f"{SERIES}.iloc.__getitem__")
def iloc(call: Call) -> Value:
    """df.iloc[rows, columns]: by position, each axis on its own."""
    own, index = call.receiver, call.args[0]
    if not isinstance(own, Array) or own.shape.rank is None:
        return call.unknown("the table is not known")
    parts = index if isinstance(index, tuple) else (index,)
    if not all(
        isinstance(p, SliceValue) or is_int(p) or (isinstance(p, ListValue) and not p.open and known(p)) for p in parts
    ):
        return call.unknown("what is selected is not known")
    if sum(isinstance(p, ListValue) for p in parts) > 1:
        return call.unknown("what is selected is not followed")
    result = take_item(call, own, parts)
    if isinstance(result, Array):
        if result.shape.rank == 0:
            return call.unknown("the values of the table are not known")
        result.type_name = SERIES if result.shape.rank == 1 else FRAME
    return result


@method(f"{FRAME}.loc.__getitem__", f"{SERIES}.loc.__getitem__")
def loc(call: Call) -> Value:
    """df.loc[:, names]"""
    own, index = call.receiver, call.args[0]
    if isinstance(own, Array) and own.shape.rank == 2 and isinstance(index, tuple) and len(index) == 2:
        whole = (
            isinstance(index[0], SliceValue)
            and index[0].start is None
            and index[0].stop is None
            and index[0].step is None
        )
        rows = own.shape[0] if whole else ANY
        if isinstance(index[0], SliceValue):
            if (
                isinstance(index[1], ListValue)
                and not index[1].open
                and own.columns is not None
                and all(v in own.columns for v in index[1].items)
            ):
                return table(call, (rows, Dim(len(index[1].items))), None, tuple(index[1].items))
    return call.unknown("what is selected is not known")


@method(f"{FRAME}.drop")
def drop(call: Call) -> Value:
    """df.drop(columns=names), df.drop(names, axis=1)"""
    own = call.receiver
    if call.kwargs.get("inplace") not in (None, False):
        if isinstance(own, Array) and own.shape.rank == 2:
            own.shape, own.columns = Shape.any(2), None
        return None
    if not isinstance(own, Array) or own.shape.rank != 2:
        return call.unknown("the table is not known")
    names = call.kwargs.get("columns", call.args[0] if call.args else None)
    by_column = "columns" in call.kwargs or call.kwargs.get("axis", call.args[1] if len(call.args) > 1 else 0) in (
        1,
        "columns",
    )
    if not by_column:
        return table(call, (ANY, own.shape[1]), own.dtype, own.columns)
    gone = (
        [names] if isinstance(names, str) else names.items if isinstance(names, ListValue) and not names.open else None
    )
    width = ANY
    rest = None
    if gone is not None and own.columns is not None and known(ListValue(list(gone))):
        rest = tuple(c for c in own.columns if c not in [to_python(g) for g in gone])
        width = Dim(len(rest))
    return table(call, (own.shape[0], width), None, rest)


@method(
    *(
        f"{t}.{n}"
        for t in (FRAME, SERIES)
        for n in (
            "fillna",
            "shift",
            "ffill",
            "bfill",
            "interpolate",
            "copy",
            "sort_values",
            "sort_index",
            "reset_index",
            "round",
            "abs",
            "diff",
            "cumsum",
        )
    )
)
def keeps_shape(call: Call) -> Value:
    """Methods that keep the rows and columns."""
    own = call.receiver
    if not isinstance(own, Array) or own.shape.dims is None:
        return call.unknown("the table is not known")
    inplace = call.kwargs.get("inplace") not in (None, False)
    if call.name.endswith("reset_index") and call.kwargs.get("drop") is not True:
        if inplace:
            own.shape = Shape((own.shape[0], ANY)) if own.shape.rank == 2 else own.shape
            own.columns = None
            return None
        return make(call, Shape.any(2), None, own, type_name=FRAME)
    if inplace:
        return None
    return table(call, own.shape.dims, None, own.columns)


@method(*(f"{t}.{n}" for t in (FRAME, SERIES) for n in ("head", "tail", "dropna", "sample", "drop_duplicates")))
def fewer_rows(call: Call) -> Value:
    """Methods that keep some of the rows."""
    own = call.receiver
    if not isinstance(own, Array) or not own.shape.dims:
        return call.unknown("the table is not known")
    if call.kwargs.get("inplace") not in (None, False):
        own.shape = (
            Shape((ANY, *own.shape.dims[1:])) if call.kwargs.get("axis", 0) == 0 else Shape.any(len(own.shape.dims))
        )
        return None
    columns_too = call.kwargs.get("axis", 0) != 0 or bool(call.args)
    return table(
        call,
        (ANY, *(ANY if columns_too else d for d in (own.shape.dims or ())[1:])),
        own.dtype,
        None if columns_too else own.columns,
    )


@attribute(f"{FRAME}.columns")
def columns(call: Call) -> Value:
    """df.columns"""
    own = call.receiver
    if isinstance(own, Array) and own.columns is not None:
        return ListValue(list(own.columns))
    return ListValue([], True, call.unknown("the names of the columns are not known", "str"))


@function("pandas.get_dummies", "pandas.concat", "pandas.merge")
def wide(call: Call) -> Value:
    """Tables whose width is the data's."""
    return call.unknown(f"the shape of {call.name.removeprefix('pandas.')}() depends on the data")


@function("pandas.to_datetime", "pandas.to_numeric")
def converted(call: Call) -> Value:
    """The same rows as other values."""
    own = call.args[0] if call.args else None
    return (
        make(call, own.shape, None, own, type_name=own.type_name)
        if isinstance(own, Array)
        else call.unknown("not followed")
    )
