"""What changes the values of a table and keeps its shape; operators; rolling windows; `apply`."""

from __future__ import annotations

from ...dims import ANY, Dim, same
from ...knowledge import Call, attribute, base, function, method
from ...shapes import Shape
from ...values import Array, DictValue, IteratorValue, ListValue, Unknown, Value
from ..numpy.arrays import as_array, dtype_of
from ..numpy.elementwise import kind_of
from .tables import FRAME, INDEX, SERIES, build, changed, like, own_table, token, written_into

_NUMBERS = ("shift", "ffill", "bfill", "pad", "interpolate", "fillna", "replace", "round", "abs", "diff", "cumsum", "cumprod", "cummax", "cummin",
            "pct_change", "clip", "rank", "where", "mask", "map", "applymap", "add", "sub", "mul", "div", "truediv", "pow", "floordiv", "mod",
            "transform")  # fmt: skip
_BOOLS = (
    "isnull",
    "isna",
    "notnull",
    "notna",
    "isin",
    "between",
    "duplicated",
    "eq",
    "ne",
    "lt",
    "le",
    "gt",
    "ge",
    "str_contains",
)
_SORTING = ("sort_values", "sort_index")


@method(
    *(
        f"{t}.{n}"
        for t in (FRAME, SERIES)
        for n in ("copy", "sort_values", "sort_index", "infer_objects", "tz_localize", "tz_convert")
    )
)
def keeps(call: Call) -> Value:
    """Methods that keep rows and columns (sorting them, perhaps)."""
    own, short = own_table(call), call.name.rpartition(".")[2]
    if own is None:
        return call.unknown("the table is not known")
    sorts = short in _SORTING
    if sorts and call.kwargs.get("axis", 0) not in (0, "index"):
        return build(call, own.shape.dims, own.dtype, None, rows=token(own, "~rows"))
    if call.kwargs.get("inplace", False) is not False:
        if sorts:
            own.facts["~rows"] = object()
        return None
    made = like(call, own, keep_rows=not sorts)
    made.low, made.high = own.low, own.high
    if "~levels" in own.facts:
        made.facts["~levels"] = own.facts["~levels"]
    return made


@method(*(f"{t}.{n}" for t in (FRAME, SERIES) for n in (*_NUMBERS, *_BOOLS)))
def elementwise(call: Call) -> Value:
    """Methods that give other values in the same places."""
    own, short = own_table(call), call.name.rpartition(".")[2]
    if own is None:
        return call.unknown("the table is not known")
    if call.kwargs.get("freq") is not None and short == "shift":
        return like(call, own, keep_rows=False)
    if short in ("add", "sub", "mul", "div", "truediv", "pow", "floordiv", "mod", "eq", "ne", "lt", "le", "gt", "ge"):
        other = call.args[0] if call.args else None
        if isinstance(other, Array) and other.shape.rank != 0:
            if call.kwargs.get("axis") is None:
                return combine(call, own, other, "+", None if short not in _BOOLS else "bool")
            return like(call, own, dtype=None, keep_rows=False, rows=ANY)
    if short == "transform" and own.shape.rank == 1 and not isinstance(call.args[0] if call.args else None, str):
        return call.unknown("what the function gives is not known")
    if short == "duplicated" and own.shape.rank == 2:
        return build(call, (own.shape[0],), "bool", rows=token(own, "~rows"))
    kind = "bool" if short in _BOOLS else "float" if short in ("pct_change", "rank") else None
    if short in ("abs", "clip", "cummax", "cummin", "round") and own.dtype in ("float", "int"):
        kind = own.dtype if short not in ("clip", "round") or own.dtype == "float" else None
    if call.kwargs.get("inplace", False) is not False:
        written_into(own)
        own.dtype = None
        own.facts.pop("~kinds", None)
        own.constant = own.low = own.high = None
        return None
    return like(call, own, dtype=kind)


@method(f"{FRAME}.astype", f"{SERIES}.astype")
def astype(call: Call) -> Value:
    """df.astype(dtype)"""
    own = own_table(call)
    if own is None:
        return call.unknown("the table is not known")
    given = call.args[0] if call.args else call.kwargs.get("dtype")
    kind = None if isinstance(given, DictValue) else dtype_of(given)[0]
    kind = kind if kind in ("int", "float", "bool") else None
    made = like(call, own, dtype=kind)
    if kind in ("int", "float") and own.dtype in ("int", "float"):
        made.low, made.high = own.low, own.high
    return made


# --- operators


def combine(call: Call, left: Value, right: Value, operator: str, kind: str | None = None) -> Value:
    """The table that an operation of two values gives; labels must be the same for the shape to be known."""
    tables = [v for v in (left, right) if isinstance(v, Array) and v.type_name in (FRAME, SERIES)]
    a, b = as_array(call, left), as_array(call, right)
    if kind is None and a is not None and b is not None:
        kind = kind_of(operator, a.dtype, b.dtype)
    main = max(tables, key=lambda t: t.shape.rank or 0, default=None)
    if main is None or main.shape.dims is None:
        return build(call, None)
    other = b if main is left else a
    if other is None:
        return (
            like(call, main, dtype=kind) if isinstance(left, (Unknown, IteratorValue)) is False else build(call, None)
        )
    if other.shape.rank == 0:
        return like(call, main, dtype=kind)
    if len(tables) == 2 or (isinstance(other, Array) and other.type_name in (FRAME, SERIES)):
        return _matched(call, main, other, kind)
    if other.shape.rank == main.shape.rank == 1:
        return like(call, main, dtype=kind)
    if other.shape.rank == main.shape.rank == 2 and other.type_name != INDEX:
        return like(call, main, dtype=kind)
    if main.shape.rank == 2 and other.shape.rank == 1 and other.type_name != INDEX:
        return like(call, main, dtype=kind)
    return build(call, (ANY,) * (main.shape.rank or 1), kind)


def _matched(call: Call, main: Array, other: Array, kind: str | None) -> Value:
    rows = token(main, "~rows") is token(other, "~rows")
    if main.shape.rank == 1 and other.shape.rank == 1:
        return (
            like(call, main, dtype=kind) if rows else build(call, (ANY,), kind if kind in ("bool", "float") else None)
        )
    if main.shape.rank == 2 and other.shape.rank == 2:
        columns = token(main, "~cols") is token(other, "~cols") or (
            main.columns is not None and main.columns == other.columns
        )
        if rows and columns:
            return like(call, main, dtype=kind)
        return build(call, (main.shape[0] if rows else ANY, main.shape[1] if columns else ANY), None)
    if token(main, "~cols") is token(other, "~rows"):  # a series whose labels are the frame's columns: df - df.mean()
        return like(call, main, dtype=kind)
    return build(call, (main.shape[0], ANY), None)


@method(f"{FRAME}.__operator__", f"{SERIES}.__operator__")
def operate(call: Call) -> Value:
    """table operator other"""
    operator, other = call.args[0], call.args[1]
    reflected = bool(call.args[2]) if len(call.args) > 2 else False
    own = call.receiver
    if operator in ("is", "is not", "in", "not in"):
        return call.unknown("it is not followed", "bool")
    if isinstance(other, Unknown):
        rank = own.shape.rank
        return build(
            call,
            own.shape.dims if rank == 1 and other.kind in ("int", "float", "str") else (ANY,) * rank if rank else None,
        )
    if operator == "@":
        from ..numpy.linear import matmul_of

        made = matmul_of(call, other, own) if reflected else matmul_of(call, own, other)
        kind = {1: SERIES, 2: FRAME}.get(made.shape.rank or 0)
        return Array(made.shape, None, kind) if kind is not None else call.unknown("the product is not followed")
    left, right = (other, own) if reflected else (own, other)
    return combine(call, left, right, operator)


@method(f"{FRAME}.__unary__", f"{SERIES}.__unary__")
def unary(call: Call) -> Value:
    """-table, ~table"""
    own, operator = own_table(call), call.args[0]
    if operator == "not" or own is None:
        return call.unknown("the truth of a table is not known", "bool")
    return like(call, own)


# --- windows over rows

_WINDOWS = ("rolling", "expanding", "ewm")
for _type in (FRAME, SERIES):
    for _name in _WINDOWS:
        base(f"{_type}.{_name}", "builtins.object")


@method(*(f"{t}.{n}" for t in (FRAME, SERIES) for n in _WINDOWS))
def window(call: Call) -> Value:
    """df.rolling(window): something whose mean, sum, ... has the shape of the table."""
    own = own_table(call)
    if own is None or call.kwargs.get("axis", 0) not in (0, "index"):
        return call.unknown("the table is not known")
    return Array(own.shape, None, call.name, columns=own.columns, place=call.place, facts={**own.facts, "~table": own})


_ROLLED = ("mean", "sum", "std", "var", "min", "max", "median", "count", "quantile", "skew", "kurt", "apply", "sem")


@method(*(f"{t}.{n}.{m}" for t in (FRAME, SERIES) for n in _WINDOWS for m in _ROLLED))
def rolled(call: Call) -> Value:
    """df.rolling(7).mean()"""
    own = call.receiver.facts.get("~table") if isinstance(call.receiver, Array) else None
    return (
        like(call, own, dtype="float")
        if isinstance(own, Array) and own.shape.dims
        else call.unknown("the table is not known")
    )


@method(f"{FRAME}.resample", f"{SERIES}.resample")
def resample(call: Call) -> Value:
    """df.resample("D"): rows for each period, as many as the time has."""
    own = own_table(call)
    if own is None:
        return call.unknown("the table is not known")
    kind = f"{own.type_name}.resampler"
    return Array(own.shape, None, kind, columns=own.columns, place=call.place, facts={**own.facts, "~table": own})


for _type in (FRAME, SERIES):
    base(f"{_type}.resampler", "builtins.object")


@method(*(f"{t}.resampler.{m}" for t in (FRAME, SERIES) for m in ("mean", "sum", "last", "first", "max", "min", "median", "ffill", "bfill",
                                                                   "interpolate", "asfreq", "std", "count")))  # fmt: skip
def resampled(call: Call) -> Value:
    """df.resample("D").mean()"""
    own = call.receiver.facts.get("~table") if isinstance(call.receiver, Array) else None
    if not isinstance(own, Array) or not own.shape.dims:
        return call.unknown("the table is not known")
    return build(
        call,
        (ANY, *own.shape.dims[1:]),
        None,
        own.columns,
        cols=token(own, "~cols") if own.shape.rank == 2 else None,
        source=own,
    )


@method(f"{SERIES}.apply")
def apply(call: Call) -> Value:
    """series.apply(f): a value for each row, unless f gives series."""
    own, given = own_table(call), call.args[0] if call.args else call.kwargs.get("func")
    if own is None:
        return call.unknown("the series is not known")
    item = call.unknown("an item of the series", {"int": "int", "float": "float"}.get(own.dtype or ""))
    result = call.engine.call_often(given, [item], place=call.place)
    if isinstance(result, Array) and result.type_name in (SERIES, FRAME):
        return build(call, (own.shape[0], ANY))
    if isinstance(result, Unknown) and result.kind is None:
        return call.unknown("what the function gives is not known")
    holds = isinstance(result, (ListValue, DictValue, tuple)) or (isinstance(result, Array) and bool(result.shape.rank))
    return build(call, (own.shape[0],), "object" if holds else None, rows=token(own, "~rows"))


@method(f"{FRAME}.apply", f"{FRAME}.agg", f"{FRAME}.aggregate", f"{SERIES}.agg", f"{FRAME}.pipe", f"{SERIES}.pipe")
def applied(call: Call) -> Value:
    """df.apply(f): whatever f makes of the columns."""
    return call.unknown("what the function makes of the table is not followed")


@function(
    "pandas.to_datetime",
    "pandas.to_numeric",
    "pandas.isnull",
    "pandas.isna",
    "pandas.notnull",
    "pandas.notna",
    "pandas.cut",
    "pandas.qcut",
)
def converted(call: Call) -> Value:
    """The same rows as other values."""
    own, short = call.args[0] if call.args else None, call.name.removeprefix("pandas.")
    if short in ("cut", "qcut") and (
        call.kwargs.get("retbins") or not (isinstance(own, Array) and own.type_name == SERIES)
    ):
        return call.unknown("what it gives is not followed")
    if isinstance(own, Array) and own.type_name in (FRAME, SERIES) and own.shape.dims:
        return like(call, own, dtype="bool" if short.startswith(("is", "not")) else None)
    return call.unknown("what is converted is not known")


@function("pandas.factorize")
@method(f"{SERIES}.factorize")
def factorize(call: Call) -> Value:
    """(codes, values)"""
    own = call.receiver if isinstance(call.receiver, Array) else call.args[0] if call.args else None
    rows = own.shape.get(0) if isinstance(own, Array) else ANY
    return (
        Array(Shape((rows,)), "int", bits=64, place=call.place),
        Array(Shape((ANY,)), None, INDEX, place=call.place),
    )


@attribute(f"{FRAME}.T")
@method(f"{FRAME}.transpose")
def transposed(call: Call) -> Value:
    """df.T"""
    own = own_table(call)
    if own is None or own.shape.dims is None:
        return call.unknown("the table is not known")
    return build(
        call, tuple(reversed(own.shape.dims)), own.dtype, None, rows=token(own, "~cols"), cols=token(own, "~rows")
    )


@attribute(f"{SERIES}.T")
def itself(call: Call) -> Value:
    """series.T"""
    return call.receiver


@method(f"{FRAME}.squeeze", f"{SERIES}.squeeze")
def squeeze(call: Call) -> Value:
    """df.squeeze(): a series where there is one column."""
    own = own_table(call)
    given = call.args[0] if call.args else call.kwargs.get("axis")
    if own is not None and own.shape.rank == 2 and given in (1, "columns") and same(own.shape[1], 1):
        return build(call, (own.shape[0],), own.dtype, rows=token(own, "~rows"), facts=own.facts)
    if own is not None and own.shape.rank == 2 and same(own.shape[1], 1) and same(own.shape[0], 1) is False:
        return build(call, (own.shape[0],), own.dtype, rows=token(own, "~rows"), facts=own.facts)
    return call.unknown("what is squeezed is not known")


@method(f"{FRAME}.__setattr__", f"{SERIES}.__setattr__")
def set_attribute(call: Call) -> Value:
    """df.columns = names, df.index = labels"""
    own, name, new = call.receiver, call.args[0], call.args[1]
    if not isinstance(own, Array) or own.shape.dims is None:
        return None
    if name == "columns" and own.shape.rank == 2:
        from .tables import names_of

        names = names_of(call, new)
        kind = own.dtype
        columns = tuple(names) if names is not None else None
        changed(
            own,
            (own.shape[0], Dim(len(columns)) if columns is not None else own.shape[1]),
            columns,
            rows=False,
            cols=True,
        )
        own.dtype = kind
    elif name != "index":  # a column's or row's new values
        own.dtype = own.low = own.high = None
        own.facts.pop("~kinds", None)
    else:
        own.facts["~rows"] = object()
        own.facts["~levels"] = 1
    return None
