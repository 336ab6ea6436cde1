"""How long a slice is, when the row, its ends or both are symbols."""

from __future__ import annotations

from collections.abc import Iterable

from ..dims import Dim, Exact, Expr, Monomial, Symbol, Term, add, bounds, less, mul, sub, symbol
from ..frozen import dataclass
from ..places import Origin, Place
from ..values import Array, RangeValue, SliceValue, Value, is_int

_LIMITS: dict[Symbol, tuple[int, Exact | None]] = {}
"""Loop symbols k of `i = start + step*k`: the step, and the greatest value of step*k where it is known."""


def loop_index(row: RangeValue, name: str, place: Place | None = None) -> Dim:
    """The variable of `for name in range(start, stop, step)`: `start + step*k`, with what is known of its end."""
    start, stop = Dim.of(row.start), Dim.of(row.stop)
    origin = Origin(name, place)
    if not isinstance(row.step, int) or row.step <= 0 or start.exact is None:
        return Dim(symbol(name, -(10**9)), None, origin)
    fresh = symbol(name, 0)
    [(monomial, _)] = fresh.terms
    atom = monomial[0]
    if isinstance(atom, Symbol):
        if len(_LIMITS) > 10_000:
            _LIMITS.clear()
        _LIMITS[atom] = (row.step, None if stop.exact is None else sub(sub(stop.exact, 1), start.exact))
    return Dim(add(start.exact, mul(fresh, row.step)), None, origin)


def _moves(size: Exact) -> bool:
    """Does the size move with a loop?"""
    if isinstance(size, int):
        return False
    return any(isinstance(atom, Symbol) and atom in _LIMITS for monomial, _ in size.terms for atom in monomial)


def _greatest(size: Exact) -> tuple[Exact, bool]:
    """The size with every loop symbol at its greatest, and whether there was a loop symbol whose greatest value is known."""
    if isinstance(size, int):
        return size, False
    total: Exact = 0
    found = False
    for monomial, coefficient in size.terms:
        atom = monomial[0] if len(monomial) == 1 else None
        limit = _LIMITS.get(atom) if isinstance(atom, Symbol) else None
        if limit is not None and limit[1] is not None and coefficient > 0 and coefficient % limit[0] == 0:
            total = add(total, mul(limit[1], coefficient // limit[0]))
            found = True
        else:
            one: dict[Monomial, int] = {monomial: coefficient}
            total = add(total, coefficient if not monomial else Expr(tuple(one.items())))
    return total, found


@dataclass(frozen=True, slots=True)
class Overrun:
    """What moves with a loop and leaves its row before the loop ends: a window that is cut short, an index that isn't there.

    `turns` is how many turns the loop has, `excess` in how many of the last ones it is so.
    """

    turns: Dim
    excess: Dim
    size: Dim
    place: Place
    width: Dim | None = None


OVERRUN = "~overrun"
"""The fact of an array that it comes from a window or an index of which that is known."""


def unsure(values: Iterable[Value]) -> None:
    """It may not be so for these: the program has asked for their length, or something else that may differ from turn to turn."""
    for value in values:
        if isinstance(value, Array):
            value.facts.pop(OVERRUN, None)


def overrun(end: Value, size: Dim, place: Place, width: Dim | None = None) -> Overrun | None:
    """Does `end`, the stop of a window (or an index, and 1 more), surely come to lie behind the last of `size` items before its loop ends?"""
    last = Dim.of(end).exact if is_int(end) else None
    if last is None or isinstance(last, int) or size.exact is None:
        return None
    moving = [atom for monomial, _ in last.terms for atom in monomial if isinstance(atom, Symbol) and atom in _LIMITS]
    step, limit = _LIMITS[moving[0]] if len(moving) == 1 else (0, None)
    greatest, found = _greatest(last)
    if not found or step != 1 or limit is None:
        return None
    excess = sub(greatest, size.exact)
    if less(0, excess) is not True:
        return None
    return Overrun(Dim(limit) + 1, Dim(excess), size, place, width)


def slice_bounds(index: SliceValue, size: Dim) -> Dim | None:
    """How many items `index` takes from a row of `size` items; None when it can't be shown.

    A start or stop that may lie outside the row is clipped, as Python does. Between two ends that move with a loop
    (`row[i : i + n]`) are n items: a window that the end of the row cuts short can't be stacked with the others.
    """
    step = 1 if index.step is None else index.step
    if not isinstance(step, int) or isinstance(step, bool) or step == 0:
        return None
    ends = [_end(index.start), _end(index.stop)]
    if ends[0] is False or ends[1] is False:
        return None
    moving = _moving(ends, size) if step == 1 else None
    if moving is not None:
        return moving
    if size.is_unknown and step == 1 and _fixed_width(ends) is not None:
        size = Dim(symbol("size", 0))
    if size.exact is None:
        return Dim(0) if ends[1] == 0 and step > 0 else None
    if isinstance(size.size, int) and all(e is None or isinstance(e, int) for e in ends):
        first, last = (e if isinstance(e, int) else None for e in ends)
        begin, end, stride = slice(first, last, int(step)).indices(size.size)
        return Dim(max(0, -((begin - end) // stride)))
    if step < 0:
        return size.ceildiv(-step) if ends == [None, None] else None
    width = _fixed_width(ends) if step == 1 else None
    if width == 1:  # nobody takes a slice of one to get an empty one
        return Dim(1)
    start, stop = _clip(ends[0], size, Dim(0)), _clip(ends[1], size, size)
    if start is None or stop is None:
        return None
    length = _not_negative(stop - start)
    if ends[1] is None and isinstance(ends[0], int) and ends[0] < 0:  # the last few: a length that says the size once
        length = size.minimum(-ends[0])
    if width is not None and isinstance(length.size, Expr) and _limits_above(length.size):
        if len(_WIDTHS) > 10_000:
            _WIDTHS.clear()
        _WIDTHS[length.size] = width
    return length if step == 1 else length.ceildiv(int(step))


_WIDTHS: dict[Expr, int] = {}
"""Sizes of slices with known ends that the end of the row may cut short: how long they are when it doesn't."""


def whole_width(size: Dim) -> int | None:
    """How long a slice with known ends is, unless the end of its row cuts it short; None for any other size."""
    return _WIDTHS.get(size.size) if isinstance(size.size, Expr) else None


def _fixed_width(ends: list[End]) -> int | None:
    """The width of a slice whose ends are both known and count from the front."""
    start, stop = (0 if ends[0] is None else ends[0]), ends[1]
    if isinstance(start, bool) or isinstance(stop, bool) or not isinstance(start, int) or not isinstance(stop, int):
        return None
    return stop - start if 0 <= start < stop else None


def _limits_above(size: Expr) -> bool:
    """Is the size cut short by the end of the row (a `min`)?"""
    return any(isinstance(atom, Term) for monomial, _ in size.terms for atom in monomial)


End = int | Expr | bool | None


def _end(value: Value) -> End:
    """An end of a slice: None, an exact size, or False when it isn't one."""
    if value is None:
        return None
    if isinstance(value, Array) and value.shape.rank == 0 and isinstance(value.constant, int):
        return int(value.constant)
    if isinstance(value, bool) or not is_int(value):
        return False
    exact = Dim.of(value).exact
    return int(exact) if isinstance(exact, int) else exact if exact is not None else False


def _moving(ends: list[End], size: Dim) -> Dim | None:
    start, stop = ends
    if start is None or stop is None or isinstance(start, bool) or isinstance(stop, bool):
        return None
    if not isinstance(start, Expr) or not isinstance(stop, Expr):
        return None
    width = sub(stop, start)
    low, _ = bounds(start)
    if low is None or low < 0 or not _moves(start) or _moves(width):
        return None
    if less(width, 0) is not False:
        return None
    return Dim(width)


def _clip(end: End, size: Dim, default: Dim) -> Dim | None:
    if end is None:
        return default
    if isinstance(end, bool):
        return None
    negative = less(end, 0)
    if negative is None:
        return None
    if negative:
        return _not_negative(size + Dim(end))
    if size.exact is not None:
        greatest, moves = _greatest(end)
        if moves and less(size.exact, greatest) is False:
            return Dim(end)
    return Dim(end).minimum(size)


def _not_negative(length: Dim) -> Dim:
    """max(length, 0), simply the length where it can't be negative."""
    return length if length.exact is not None and less(length.exact, 0) is False else length.maximum(0)
