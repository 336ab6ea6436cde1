"""Programs that end in a value `x`, run for real and followed by the engine: where the two differ, and what stays unknown."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from lstmlint import knowledge
from lstmlint.dims import Dim
from lstmlint.interpret import follow
from lstmlint.source import Source
from lstmlint.syntax import parse
from lstmlint.values import Array, DictValue, ListValue, Unknown

KINDS = {
    "f": "float", "i": "int", "u": "int", "b": "bool", "c": "complex", "U": "string", "S": "string", "O": "object", "M": "datetime",
    "m": "datetime", "T": "string",
}  # fmt: skip


@dataclass
class Tally:
    """What many programs gave: wrong ones in words; programs that ran, and of these how many had an unknown result."""

    wrong: list[str] = field(default_factory=list)
    ran: int = 0
    unknown: int = 0
    unknown_programs: list[str] = field(default_factory=list)
    raised: int = 0
    refused: int = 0

    def __str__(self) -> str:
        return (
            f"{self.ran + self.raised} programs: {self.ran} ran ({self.unknown} with an unknown shape), {self.raised} raised "
            f"({self.refused} of them refused), {len(self.wrong)} wrong"
        )


def ours(program: str) -> tuple[Any, list[Any]]:
    """The last value of `x` as the engine sees it, and the faults."""
    seen: list[Any] = []

    def show(call: knowledge.Call) -> None:
        seen.append(call.args[0])

    knowledge.function("probe.show")(show)
    done = follow(parse(Source("chain.py", f"{program}\nimport probe\nprobe.show(x)\n")))
    return (seen[-1] if seen else None), [f for f in done.faults if f.raises]


def run(program: str) -> tuple[Any, Exception | None]:
    """The value of `x` when Python runs the program, or what it raises."""
    scope: dict[str, Any] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exec(program, scope)
        except Exception as raised:
            return None, raised
    return scope["x"], None


def compare(program: str, tally: Tally, judge: Callable[[Any, Any], str | None] | None = None) -> None:
    """Run and follow one program, and count what came out. `judge` compares the two values as `difference` does."""
    real, error = run(program)
    value, faults = ours(program)
    if error is not None:
        tally.raised += 1
        tally.refused += bool(faults)
        return
    tally.ran += 1
    if faults:
        tally.wrong.append(f"{program}\n  refused: {faults[0].kind} {faults[0].message}")
        return
    said = (judge or difference)(value, real)
    if said is None:
        tally.unknown += 1
        tally.unknown_programs.append(program)
    elif said:
        tally.wrong.append(f"{program}\n  {said}")


def difference(value: Any, real: Any) -> str | None:
    """What the engine says wrongly about a value, "" when all is right, None when it doesn't say what shape there is."""
    import numpy as np

    if value is None and real is not None:
        return None
    if isinstance(value, Unknown) or type(real).__name__ in ("csr_matrix", "coo_matrix"):
        return None
    if isinstance(value, (tuple, ListValue)) and isinstance(real, (tuple, list)) and not getattr(value, "open", False):
        items = value if isinstance(value, tuple) else value.items
        if len(items) != len(real):
            return f"{len(items)} items instead of {len(real)}"
        return _worst([difference(v, r) for v, r in zip(items, real)])
    if isinstance(value, DictValue) and isinstance(real, dict):
        if not value.open and set(value.entries) != set(real):
            return f"keys {sorted(value.entries)} instead of {sorted(real)}"
        return _worst([difference(v, real[k]) for k, v in value.entries.items() if k in real])
    if isinstance(value, (ListValue, tuple, DictValue)):
        return None
    if isinstance(value, (bool, int, float, str)):
        if isinstance(real, (bool, int, float, str, np.generic)):
            return "" if value == real or value != value else f"{value!r} instead of {real!r}"
        return None
    if isinstance(value, Dim):
        return None
    if not isinstance(value, Array):
        return None
    return _array(value, real)


def _worst(answers: list[str | None]) -> str | None:
    wrong = [a for a in answers if a]
    return wrong[0] if wrong else None if None in answers else ""


def _array(value: Array, real: Any) -> str | None:
    import numpy as np

    dtype = getattr(real, "dtype", None)
    kind = getattr(dtype, "kind", None)
    framed = type(real).__name__ == "DataFrame"
    if framed:  # a table: its kind is the columns' together
        found = {getattr(d, "kind", "O") for d in real.dtypes}
        kind = found.pop() if len(found) == 1 else None
        if value.columns is not None and list(value.columns) != list(real.columns):
            return f"columns {list(value.columns)} instead of {list(real.columns)}"
    whole = np.asarray(real) if not hasattr(real, "element_spec") else real
    shape = tuple(whole.shape)
    dims = value.shape.dims
    if dims is not None and (
        len(dims) != len(shape) or any(d.known is not None and d.known != n for d, n in zip(dims, shape))
    ):
        return f"{value.shape} instead of {shape}"
    if dims is None:
        return None
    if value.type_name == "pandas.Series" and not hasattr(real, "iloc"):
        return f"a Series instead of {type(real).__name__}"
    if value.type_name == "numpy.ndarray" and hasattr(real, "iloc"):
        return f"an array instead of {type(real).__name__}"
    kind = kind if kind is not None or framed else whole.dtype.kind
    if not whole.size and dims is not None and any(d.known is None for d in dims):
        kind = None  # an array out of an empty list forgets its kind; lists of unknown length are taken not to be empty
    if value.dtype is not None and kind is not None and value.dtype != KINDS.get(kind):
        if not (value.dtype == "string" and kind == "O"):
            return f"{value.dtype} instead of {kind} ({dtype})"
    if isinstance(value.constant, (int, float)) and shape == () and value.constant != whole:
        return f"{value.constant} instead of {whole}"
    if whole.size and whole.dtype.kind in "iuf" and not np.isnan(whole).any():
        slack = 1e-6 * max(1.0, float(np.abs(whole).max()))
        if (value.low is not None and whole.min() < value.low - slack) or (
            value.high is not None and whole.max() > value.high + slack
        ):
            return f"values outside [{value.low}, {value.high}]"
        if value.one_hot and not (np.isin(whole, (0, 1)).all() and (whole.sum(axis=-1) == 1).all()):
            return "not one-hot"
    if dims is None or any(d.exact is None and not d.is_none for d in dims):
        return None
    return ""
