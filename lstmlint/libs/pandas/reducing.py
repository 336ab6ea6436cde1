"""What tables are summed up to: means, counts, unique values, correlation."""

from __future__ import annotations

from ...dims import ANY
from ...knowledge import Call, method
from ...shapes import Shape
from ...values import Array, IteratorValue, Value, fresh_int
from ..bridge import label
from .tables import FRAME, SERIES, build, own_table, token

_MEANS = ("mean", "std", "var", "median", "sem", "skew", "kurt")
_SUMS = ("sum", "prod", "min", "max")
_COUNTS = ("count", "nunique")
_BOOLS = ("any", "all")
_LABELS = ("idxmax", "idxmin")


def _kind(short: str, own: Array) -> str | None:
    if short in _MEANS:
        return "float" if own.dtype in ("float", "int", "bool") else None
    if short in _COUNTS:
        return "int"
    if short in _BOOLS:
        return "bool"
    if short in ("min", "max", "sum", "prod") and own.dtype in ("float", "int"):
        return own.dtype
    return "int" if short == "sum" and own.dtype == "bool" and (own.shape.rank == 1 or own.columns) else None


@method(
    *(f"{t}.{n}" for t in (FRAME, SERIES) for n in (*_MEANS, *_SUMS, *_COUNTS, *_BOOLS, *_LABELS, "quantile", "mode"))
)
def reduce(call: Call) -> Value:
    """df.mean(): a value for each column; series.mean(): one value."""
    own, short = own_table(call), call.name.rpartition(".")[2]
    if own is None or short == "mode":
        return (
            build(call, (ANY,) * own.shape.rank if own is not None and own.shape.rank else None)
            if short == "mode"
            else call.unknown("not known")
        )
    kind = _kind(short, own)
    if own.shape.rank == 1:
        if short == "nunique":
            return fresh_int(f"{label(call)}", call.place)
        if short in _LABELS or (short == "quantile" and call.args and not isinstance(call.args[0], float)):
            return call.unknown("which label it is depends on the data")
        kept = short in ("min", "max") and own.dtype is not None
        if own.dtype is None and short not in _COUNTS:
            return call.unknown("the values of the series are not known")
        return Array(Shape.of(), kind if short != "quantile" else "float", low=own.low if kept else None, high=own.high if kept else None,
                     place=call.place)  # fmt: skip
    axis = call.kwargs.get("axis", call.args[0] if call.args and short not in ("quantile", "nunique") else 0)
    if short == "quantile" and call.args and not isinstance(call.args[0], float):
        return call.unknown("quantiles are not followed")
    if axis in (1, "columns"):
        return build(call, (own.shape[0],), kind, rows=token(own, "~rows"))
    if axis not in (0, "index") or isinstance(axis, bool):
        return call.unknown("along which axis is not known")
    if call.kwargs.get("numeric_only", False) is not False:
        return build(call, (ANY if own.dtype not in ("int", "float", "bool") else own.shape[1],), kind)
    return build(call, (own.shape[1],), kind, rows=token(own, "~cols"))


@method(f"{SERIES}.value_counts", f"{FRAME}.value_counts")
def value_counts(call: Call) -> Value:
    """How often each value comes: as many rows as there are values."""
    kind = "float" if call.kwargs.get("normalize") is True else "int" if "normalize" not in call.kwargs else None
    return build(call, (fresh_int(f"len({label(call)})", call.place),), kind)


@method(f"{SERIES}.unique")
def unique(call: Call) -> Value:
    """The different values: as many as the data has."""
    own = own_table(call)
    kind = own.dtype if own is not None and own.dtype in ("int", "float", "bool") else None
    return Array(Shape((fresh_int(f"len({label(call)})", call.place),)), kind, place=call.place)


@method(f"{FRAME}.corr", f"{FRAME}.cov")
def corr(call: Call) -> Value:
    """A square table over the columns."""
    own = own_table(call)
    if own is None or call.kwargs.get("numeric_only", False) is not False or own.shape.rank != 2:
        return build(call, (ANY, ANY), "float")
    return build(
        call, (own.shape[1], own.shape[1]), "float", own.columns, rows=token(own, "~cols"), cols=token(own, "~cols")
    )


@method(f"{SERIES}.corr", f"{SERIES}.autocorr", f"{FRAME}.describe", f"{SERIES}.describe")
def opaque(call: Call) -> Value:
    """Summaries that are not followed."""
    return call.unknown("this summary is not followed", "float" if "corr" in call.name else None)


@method(*(f"{t}.{n}" for t in (FRAME, SERIES) for n in ("info", "to_sql")))
def nothing(call: Call) -> Value:
    """Showing gives nothing."""
    return None


@method(*(f"{t}.{n}" for t in (FRAME, SERIES) for n in ("to_csv", "to_excel", "to_pickle", "to_hdf", "to_parquet")))
def write(call: Call) -> Value:
    """A file of this name is not what it was; without a name, what would be written is given back."""
    named = (call.kwargs.get(name) for name in ("path_or_buf", "path", "excel_writer"))
    path = call.args[0] if call.args else next((path for path in named if path is not None), None)
    if path is None:
        return call.unknown("what would be written is not known", "str" if call.name.endswith("to_csv") else None)
    call.engine.files.written(path)
    return None


@method(f"{FRAME}.iterrows", f"{FRAME}.itertuples", f"{FRAME}.items", f"{SERIES}.items", f"{FRAME}.__iter__")
def rows(call: Call) -> Value:
    """for label, row in df.iterrows()"""
    own, short = own_table(call), call.name.rpartition(".")[2]
    if own is None:
        return IteratorValue([], True)
    if short == "__iter__":
        if own.columns is not None:
            return IteratorValue(list(own.columns))
        return IteratorValue(
            [], True, call.unknown("the names of the columns are not known", "str"), length=own.shape[1]
        )
    named = call.unknown("which label it is can't be known")
    if short == "iterrows":
        return IteratorValue(
            [], True, (named, build(call, (own.shape[1],), own.dtype, rows=token(own, "~cols"))), length=own.shape[0]
        )
    if short == "items" and own.shape.rank == 2:
        if own.columns is not None:
            from .tables import column

            return IteratorValue([(c, column(call, own, c)) for c in own.columns])
        return IteratorValue(
            [], True, (named, build(call, (own.shape[0],), None, rows=token(own, "~rows"))), length=own.shape[1]
        )
    return IteratorValue([], True, call.unknown("a row of the table is not known"), length=own.shape[0])


@method(f"{SERIES}.__iter__")
def items(call: Call) -> Value:
    """for value in series"""
    own = own_table(call)
    kind = {"int": "int", "float": "float", "bool": "bool"}.get(own.dtype or "") if own is not None else None
    return IteratorValue(
        [],
        True,
        call.unknown("the values of the series are not known", kind),
        length=own.shape[0] if own is not None else None,
    )
