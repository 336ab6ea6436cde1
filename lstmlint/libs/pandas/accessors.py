"""What a table says of itself (`shape`, `values`, `columns`), and the accessors `str` and `dt`."""

from __future__ import annotations

from ...knowledge import Call, attribute, base, method
from ...values import Array, ListValue, Value
from ..columns import TEXT, TEXTS, has_text, text_columns
from ..numpy.arrays import dtype_of, promote
from ..numpy.constants import array_len
from ..numpy.indexing import ndim, shape, size
from .api import FRAME_NAMES
from .tables import FRAME, INDEX, SERIES, build, column, own_table, token

for _type in (FRAME, SERIES, INDEX):
    attribute(f"{_type}.shape")(shape)
    attribute(f"{_type}.ndim")(ndim)
    attribute(f"{_type}.size")(size)
    method(f"{_type}.__len__")(array_len)


@attribute(f"{FRAME}.values", f"{SERIES}.values", f"{SERIES}.array")
@method(
    f"{FRAME}.to_numpy",
    f"{SERIES}.to_numpy",
    f"{FRAME}.as_matrix",
    f"{SERIES}.ravel",
    f"{FRAME}.to_records_",
    f"{SERIES}.__array__",
)
def values(call: Call) -> Value:
    """The array in the table."""
    own = own_table(call)
    if own is None:
        return call.unknown("the table is not known")
    kind = own.dtype if own.columns != () else None
    if kind is None and has_text(own):
        kind = TEXT
    elif kind is None and own.columns and all(c in own.facts.get("~kinds", {}) for c in own.columns):
        kinds = [own.facts["~kinds"][c] for c in own.columns]
        mixed = "bool" in kinds and len(set(kinds)) > 1
        kind = "object" if mixed else promote(*kinds)
    if call.kwargs.get("dtype") is not None or (call.args and call.name.endswith("to_numpy")):
        kind = dtype_of(call.kwargs.get("dtype", call.args[0] if call.args else None))[0]
    facts = {k: v for k, v in own.facts.items() if not k.startswith("~")}
    if has_text(own) and kind == TEXT:
        facts[TEXTS] = text_columns(own)
    return Array(
        own.shape, kind, low=own.low, high=own.high, name=own.name, made=own.made, place=call.place, facts=facts
    )


@method(f"{SERIES}.tolist", f"{SERIES}.to_list")
def tolist(call: Call) -> Value:
    """series.tolist()"""
    own = own_table(call)
    if own is None:
        return call.unknown("the series is not known", "list")
    kind = {"int": "int", "float": "float", "bool": "bool"}.get(own.dtype or "")
    length = own.shape[0] if own.shape[0].exact is not None else None
    return ListValue([], True, call.unknown("the values of the series are not known", kind), length, call.place)


@method(f"{FRAME}.__getattr__")
def by_name(call: Call) -> Value:
    """df.name: a column, where it is not something that every frame has."""
    own, name = own_table(call), call.args[0]
    doubtful = own is not None and own.columns is None and "~doubles" in own.facts
    if own is None or own.shape.rank != 2 or name in FRAME_NAMES or name.startswith("_") or doubtful:
        return call.unknown(f"`{name}` of a DataFrame is not known")
    if own.columns is not None and list(own.columns).count(name) != 1:
        return call.unknown(f"`{name}` of a DataFrame is not known")
    return column(call, own, name)


@attribute(
    f"{FRAME}.dtypes",
    f"{SERIES}.dtype",
    f"{FRAME}.empty",
    f"{SERIES}.empty",
    f"{SERIES}.name",
    f"{SERIES}.dtypes",
    f"{SERIES}.cat",
)
def told(call: Call) -> Value:
    """What depends on the data."""
    return call.unknown("it depends on the data", "bool" if call.name.endswith("empty") else None)


base(f"{SERIES}.str", "builtins.object")
base(f"{SERIES}.dt", "builtins.object")


@attribute(f"{SERIES}.str", f"{SERIES}.dt")
def accessor(call: Call) -> Value:
    """series.str, series.dt"""
    own = own_table(call)
    if own is None:
        return call.unknown("the series is not known")
    return Array(own.shape, None, call.name, place=call.place, facts={**own.facts, "~table": own})


_STRINGS = (
    "lower",
    "upper",
    "strip",
    "lstrip",
    "rstrip",
    "replace",
    "title",
    "capitalize",
    "slice",
    "zfill",
    "pad",
    "get",
    "cat_",
    "join",
    "split",
)
_ANSWERS = ("contains", "startswith", "endswith", "isnumeric", "isdigit", "isalpha", "match", "fullmatch")


@method(*(f"{SERIES}.str.{n}" for n in (*_STRINGS, *_ANSWERS, "len", "count", "find")))
def of_strings(call: Call) -> Value:
    """series.str.lower(): a value for each row."""
    own = call.receiver.facts.get("~table") if isinstance(call.receiver, Array) else None
    if not isinstance(own, Array) or "expand" in call.kwargs:
        return call.unknown("what it gives is not followed")
    return build(call, own.shape.dims, None, rows=token(own, "~rows"), source=own)


@method(f"{SERIES}.str.__getitem__")
def character(call: Call) -> Value:
    """series.str[0]"""
    return of_strings(call)


_TIMES = ("year", "month", "day", "hour", "minute", "second", "dayofweek", "weekday", "dayofyear", "quarter", "date", "time", "days", "day_of_week",
          "day_of_year")  # fmt: skip


@attribute(*(f"{SERIES}.dt.{n}" for n in _TIMES))
def of_times(call: Call) -> Value:
    """series.dt.hour: a value for each row."""
    own = call.receiver.facts.get("~table") if isinstance(call.receiver, Array) else None
    if not isinstance(own, Array):
        return call.unknown("the series is not known")
    return build(call, own.shape.dims, None, rows=token(own, "~rows"), source=own)


@method(f"{FRAME}.reshape", f"{SERIES}.reshape", f"{FRAME}.flatten", f"{SERIES}.flatten")
def no_array(call: Call) -> Value:
    """What only arrays have."""
    own, (kind, name) = own_table(call), call.name.rsplit(".", 2)[-2:]
    if own is None:
        return call.unknown("the table is not known")
    return call.refuse(
        "no-attribute",
        "",
        name,
        f"'{kind}' object has no attribute '{name}'",
        exception="AttributeError",
        subject=f"pandas.{kind}",
        array=own,
    )
