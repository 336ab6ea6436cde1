"""The columns of a CSV file of the project: their names, as `read_csv` would give them, and which hold text, from the first lines of the file."""

from __future__ import annotations

import csv
import io
from typing import Any

from ...frozen import dataclass
from ...knowledge import Call
from ...values import ListValue, Unknown, Value
from ..bridge import known, to_python
from ..text_files import first_lines
from .tables import names_of

_SEPARATORS = {"read_csv": ",", "read_table": "\t"}
_WITHOUT_INFLUENCE = frozenset(
    ["cache_dates", "converters", "date_format", "date_parser", "dayfirst", "decimal", "dtype", "encoding_errors", "engine",
      "error_bad_lines", "false_values", "filepath_or_buffer", "float_precision", "index_col", "infer_datetime_format", "keep_default_na",
      "keep_date_col", "low_memory", "memory_map", "na_filter", "na_values", "names", "nrows", "on_bad_lines", "skipfooter", "thousands",
      "true_values", "usecols", "verbose", "warn_bad_lines"]
)  # fmt: skip
"""Arguments of `read_csv` on which the names in the header don't depend."""
_READ_AS_IT_STANDS = frozenset(
    ["comment", "delim_whitespace", "delimiter", "encoding", "engine", "header", "index_col", "low_memory", "names", "sep",
      "skipinitialspace", "skiprows", "usecols"]
)  # fmt: skip
"""Arguments with which a text is a text."""
_MISSING = frozenset(
    ["", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA", "NULL", "NaN", "None",
     "n/a", "nan", "null"]
)  # fmt: skip
"""What `read_csv` takes for a missing value (its parameter `na_values`)."""
_TRUTHS = frozenset(["true", "false"])
_LINES = 200
"""Lines in which text is looked for."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table, and those among them that surely hold text."""

    names: tuple[Any, ...]
    texts: frozenset[Any]


def columns(call: Call) -> Columns | None:
    """The columns of the table that this call reads; None where they can't be seen."""
    found = _header(call)
    if found is None:
        return None
    names, leading, rows = found
    kept = _kept(call, names, leading)
    if kept is None:
        return None
    texts = {name for i, name in enumerate(names) if any(_is_text(row[i]) for row in rows if len(row) == len(names))}
    plain = not leading and call.kwargs.keys() <= _READ_AS_IT_STANDS
    return Columns(kept, frozenset(texts & set(kept)) if plain else frozenset())


def _is_text(field: str) -> bool:
    """Is a field neither a number nor a truth value nor missing?"""
    if field in _MISSING or field.strip().lower() in _TRUTHS:
        return False
    try:
        float(field)
    except ValueError:
        return bool(field.strip())
    return False


def _kept(call: Call, names: tuple[Any, ...], leading: int) -> tuple[Any, ...] | None:
    """The columns that are left by `index_col` and `usecols`."""
    index, used = call.kwargs.get("index_col"), call.kwargs.get("usecols")
    if used is not None:
        wanted = to_python(used) if known(used) else None
        if leading or index is not None or not isinstance(wanted, (list, tuple, set, frozenset, range)):
            return None
        positions = {names.index(w) if w in names else w for w in wanted}
        if not all(isinstance(p, int) and 0 <= p < len(names) for p in positions):
            return None
        return tuple(name for i, name in enumerate(names) if i in positions)
    if index is None or index is False:
        return names if index is None or not leading else None
    labels = to_python(index) if known(index) else None
    taken = set()
    for label in labels if isinstance(labels, (list, tuple)) else [labels]:
        if leading or isinstance(label, bool) or not isinstance(label, (int, str)):
            return None
        name = label if label in names else names[label] if isinstance(label, int) and 0 <= label < len(names) else None
        if name is None:
            return None
        taken.add(name)
    return tuple(name for name in names if name not in taken)


def _header(call: Call) -> tuple[tuple[Any, ...], int, list[list[str]]] | None:
    """The names of all columns, how many columns of the data stand before them without a name, and the first rows."""
    given: dict[str, Value] = dict(call.kwargs)
    arguments = list(call.args)
    path = arguments.pop(0) if arguments else given.get("filepath_or_buffer")
    if arguments:
        given["sep"] = arguments.pop(0)
    separator = given.pop("sep", given.pop("delimiter", _SEPARATORS.get(call.name.removeprefix("pandas."))))
    if given.pop("delim_whitespace", False) is True:
        separator = r"\s+"
    options = {
        name: given.pop(name, default)
        for name, default in (
            ("header", "infer"),
            ("skiprows", None),
            ("comment", None),
            ("encoding", None),
            ("skipinitialspace", False),
            ("parse_dates", None),
        )
    }
    plain = all(not isinstance(value, Unknown) and known(value) for value in (separator, *options.values()))
    if arguments or not plain or not given.keys() <= _WITHOUT_INFLUENCE:
        return None
    dates = to_python(options["parse_dates"])
    if isinstance(dates, dict) or (isinstance(dates, list) and any(isinstance(d, (list, tuple)) for d in dates)):
        return None  # several columns become one
    lines = first_lines(call, path, options["encoding"])
    rows = _rows(lines, separator, options) if lines is not None else None
    written = call.kwargs.get("names")
    header = options["header"]
    first = (0 if written is None else None) if header == "infer" else header
    if not rows or isinstance(first, bool) or not (first is None or isinstance(first, int)):
        return None
    if first is not None and not 0 <= first < len(rows):
        return None
    data = rows[0 if first is None else first + 1 :]
    if written is not None:
        named = names_of(call, written)
        names = (
            tuple(to_python(ListValue(named))) if named is not None and data and len(named) == len(data[0]) else None
        )
    else:
        names = tuple(range(len(rows[0]))) if first is None else _distinct(rows[first])
    if names is None or len(set(names)) < len(names):
        return None
    return names, max(len(data[0]) - len(names), 0) if data else 0, data[:_LINES]


def _rows(lines: list[str], separator: Value, options: dict[str, Value]) -> list[list[str]] | None:
    """The fields of the lines that count."""
    skipped, comment = options["skiprows"], options["comment"]
    if skipped is not None:
        if not isinstance(skipped, int) or isinstance(skipped, bool):
            return None
        lines = lines[int(skipped) :]
    if comment is not None:
        if not isinstance(comment, str) or len(comment) != 1:
            return None
        cut = [line.partition(comment)[0] for line in lines]
        lines = [f"{kept}\n" for kept, line in zip(cut, lines, strict=True) if kept.strip() or comment not in line]
    if separator == r"\s+":
        rows = [line.split() for line in lines]
        return None if any('"' in line for line in lines) else [row for row in rows if row]
    if not isinstance(separator, str) or len(separator) != 1:
        return None
    reader = csv.reader(
        io.StringIO("".join(lines)), delimiter=separator, skipinitialspace=options["skipinitialspace"] is True
    )
    try:
        return [row for row in reader if row and not (len(row) == 1 and row[0].isspace())]
    except csv.Error:
        return None


def _distinct(names: list[str]) -> tuple[str, ...] | None:
    """Names as pandas makes them of a header that lacks some or has some twice: "a", "a.1", "a.2"; None where these stand there as well."""
    found: list[str] = []
    for i, name in enumerate(names):
        earlier = names[:i].count(name)
        found.append(f"Unnamed: {i}" if not name else f"{name}.{earlier}" if earlier else name)
    return tuple(found) if len(set(found)) == len(found) else None
