"""Symbolic whole numbers: the sizes of axes, exact where known, symbols where not.

A *size* is one of four things: an `int`; an `Expr` over symbols (an integer that we don't know but can calculate
with); `None`, Keras's own "not fixed"; `UNKNOWN`, when we don't even know whether it is a number or `None`.
A `Dim` is a size with a role (what the axis means) and an origin (where the number comes from).
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from enum import Enum
from typing import Any, Final

from .frozen import dataclass
from .places import Origin

_uids = itertools.count(1)


class Role(str, Enum):
    """What an axis means."""

    BATCH = "batch"
    TIME = "timesteps"
    FEATURE = "features"
    UNIT = "units"
    CLASS = "classes"
    CHANNEL = "channels"
    SPACE = "spatial"
    HEAD = "heads"

    def __str__(self) -> str:
        return self.value


class UnknownSize(Enum):
    """The size that may be a number or None."""

    SIZE = "?"

    def __str__(self) -> str:
        return "?"


UNKNOWN: Final = UnknownSize.SIZE


class TracedInt(int):
    """A known integer of the user's program that remembers where it comes from; arithmetic gives plain integers."""

    origin: Origin | None

    def __new__(cls, value: int, origin: Origin | None = None) -> TracedInt:
        traced = super().__new__(cls, value)
        traced.origin = origin
        return traced


@dataclass(frozen=True, slots=True)
class Symbol:
    """An integer that the program has and we don't know, at least `least`. Two symbols are the same only by `uid`."""

    name: str
    least: int = 1
    uid: int = 0

    @staticmethod
    def new(name: str, least: int = 1) -> Symbol:
        """A symbol unlike any other, even one of the same name."""
        return Symbol(name, least, next(_uids))

    @property
    def order(self) -> tuple[Any, ...]:
        return (0, self.name, self.uid)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Term:
    """An operation that a polynomial can't express: `//`, `min` or `max` of two sizes."""

    kind: str
    left: int | Expr
    right: int | Expr

    @property
    def order(self) -> tuple[Any, ...]:
        return (1, self.kind, str(self.left), str(self.right), _order(self.left), _order(self.right))

    @property
    def rounds_up(self) -> bool:
        """Whether this is -ceil(x/y), written with the only rounding that there is: -x//y."""
        left = self.left
        negative = left < 0 if isinstance(left, int) else all(c < 0 for _, c in left.terms)
        return self.kind == "//" and negative

    def __str__(self) -> str:
        if self.rounds_up:
            return f"-ceil({_factor(neg(self.left))}/{_factor(self.right)})"
        if self.kind == "//":
            return f"{_factor(self.left)}//{_factor(self.right)}"
        return f"{self.kind}({self.left}, {self.right})"


Atom = Symbol | Term
Monomial = tuple[Atom, ...]


def _order(size: int | Expr) -> tuple[Any, ...]:
    """A total order of sizes that is the same in every run."""
    if isinstance(size, int):
        return (0, size)
    return (1, tuple((tuple(atom.order for atom in monomial), coefficient) for monomial, coefficient in size.terms))


def _reading_order(size: int | Expr) -> tuple[Any, ...]:
    return (str(size), _order(size))


def _factor(size: int | Expr) -> str:
    text = str(size)
    return text if text.isidentifier() or text.lstrip("-").isdigit() else f"({text})"


@dataclass(frozen=True, slots=True)
class Expr:
    """A polynomial over symbols and terms with integer coefficients, in canonical order; never a plain number."""

    terms: tuple[tuple[Monomial, int], ...]

    def __str__(self) -> str:
        parts: list[tuple[int, str]] = []
        for monomial, coefficient in self.terms:
            names = []
            for atom in monomial:
                if isinstance(atom, Term) and atom.rounds_up:
                    coefficient = -coefficient
                    names.append(str(atom)[1:])
                elif isinstance(atom, Term) and atom.kind == "//" and (len(monomial) > 1 or abs(coefficient) > 1):
                    names.append(f"({atom})")
                else:
                    names.append(str(atom))
            if not names or abs(coefficient) != 1:
                names.insert(0, str(abs(coefficient)))
            parts.append((coefficient, "*".join(names)))
        # a minus sign comes first only when there is nothing else
        first = next((i for i, (coefficient, _) in enumerate(parts) if coefficient > 0), 0)
        parts.insert(0, parts.pop(first))
        (coefficient, body), *rest = parts
        if coefficient < 0:
            divides = self.terms[first][0] and body == str(self.terms[first][0][0]) and "//" in body
            body = f"-({body})" if divides else f"-{body}"
        return body + "".join(f" {'-' if coefficient < 0 else '+'} {body}" for coefficient, body in rest)


Exact = int | Expr
Size = int | Expr | UnknownSize | None


def symbol(name: str, least: int = 1) -> Expr:
    """A fresh symbol as an expression."""
    return Expr((((Symbol.new(name, least),), 1),))


def _poly(size: Exact) -> dict[Monomial, int]:
    if isinstance(size, int):
        return {(): size} if size else {}
    return dict(size.terms)


def _make(poly: Mapping[Monomial, int]) -> Exact:
    terms = [(m, c) for m, c in poly.items() if c]
    if not terms:
        return 0
    if len(terms) == 1 and not terms[0][0]:
        return terms[0][1]
    # the constant goes last, everything else by degree and name, so that equal sums are equal tuples
    terms.sort(key=lambda t: (not t[0], -len(t[0]), tuple(a.order for a in t[0])))
    return Expr(tuple(terms))


def add(a: Exact, b: Exact) -> Exact:
    """a + b"""
    if isinstance(a, int) and isinstance(b, int):
        return a + b
    poly = _poly(a)
    for monomial, coefficient in _poly(b).items():
        poly[monomial] = poly.get(monomial, 0) + coefficient
    return _make(poly)


def neg(a: Exact) -> Exact:
    """-a"""
    if isinstance(a, int):
        return -a
    return Expr(tuple((m, -c) for m, c in a.terms))


def sub(a: Exact, b: Exact) -> Exact:
    """a - b"""
    return add(a, neg(b))


def mul(a: Exact, b: Exact) -> Exact:
    """a * b"""
    if isinstance(a, int) and isinstance(b, int):
        return a * b
    poly: dict[Monomial, int] = {}
    for left, x in _poly(a).items():
        for right, y in _poly(b).items():
            monomial = tuple(sorted(left + right, key=lambda atom: atom.order))
            poly[monomial] = poly.get(monomial, 0) + x * y
    return _make(poly)


def floordiv(a: Exact, b: Exact) -> Exact:
    """a // b, rounding down as Python does. ZeroDivisionError when b is 0."""
    if isinstance(b, int):
        if b == 0:
            raise ZeroDivisionError("division of a size by zero")
        if isinstance(a, int):
            return a // b
        if b == 1:
            return a
        if b < 0:
            return floordiv(neg(a), -b)
        whole = {m: c // b for m, c in a.terms if c % b == 0}
        rest = {m: c for m, c in a.terms if c % b}
        constant = rest.pop((), 0)
        if not rest:  # only the constant does not divide: (b*q + c)//b = q + c//b
            return add(_make(whole), constant // b)
        inner = _make({**rest, (): constant % b} if constant else rest)
        term = _make({(Term("//", inner, b),): 1})
        return add(add(_make(whole), term), constant // b)
    if a == 0 and _never_zero(b):
        return 0
    if a == b and _never_zero(b):
        return 1
    quotient = _divide_exactly(a, b)
    if quotient is not None:
        return quotient
    return _make({(Term("//", a, b),): 1})


def _divide_exactly(a: Exact, b: Expr) -> Exact | None:
    """a / b where b is a single monomial without remainder in every term of a, and can't be zero."""
    if len(b.terms) != 1 or not _never_zero(b):
        return None
    monomial, coefficient = b.terms[0]
    poly: dict[Monomial, int] = {}
    for left, c in _poly(a).items():
        rest = list(left)
        for atom in monomial:
            if atom not in rest:
                return None
            rest.remove(atom)
        if c % coefficient:
            return None
        poly[tuple(rest)] = c // coefficient
    return _make(poly)


def _never_zero(a: Exact) -> bool:
    low, high = bounds(a)
    return (low is not None and low > 0) or (high is not None and high < 0)


def ceildiv(a: Exact, b: Exact) -> Exact:
    """The quotient rounded up, ceil(a / b)."""
    return neg(floordiv(neg(a), b))


def mod(a: Exact, b: Exact) -> Exact:
    """a % b with Python's sign: a - b * (a // b)."""
    if isinstance(a, int) and isinstance(b, int):
        return a % b
    return sub(a, mul(b, floordiv(a, b)))


def _at_most(a: Exact, b: Exact) -> bool:
    """Is the greatest that one size can be no more than the least that the other one can be?"""
    most, least = bounds(a)[1], bounds(b)[0]
    return most is not None and least is not None and most <= least


def minimum(a: Exact, b: Exact) -> Exact:
    """The smaller of the two."""
    order = compare(a, b)
    if order is not None:
        return a if order <= 0 else b
    left, right = sorted((a, b), key=_reading_order)
    if _at_most(left, right) or _at_most(right, left):
        return left if _at_most(left, right) else right
    return _make({(Term("min", left, right),): 1})


def maximum(a: Exact, b: Exact) -> Exact:
    """The larger of the two."""
    order = compare(a, b)
    if order is not None:
        return a if order >= 0 else b
    left, right = sorted((a, b), key=_reading_order)
    if _at_most(left, right) or _at_most(right, left):
        return right if _at_most(left, right) else left
    return _make({(Term("max", left, right),): 1})


Bound = int | None


def bounds(a: Exact) -> tuple[Bound, Bound]:
    """The least and the greatest value that `a` can have; None where there is no limit or none that we can show."""
    if isinstance(a, int):
        return a, a
    low: Bound = 0
    high: Bound = 0
    for monomial, coefficient in a.terms:
        left, right = _monomial_bounds(monomial)
        if coefficient < 0:
            left, right = right, left
        low = None if low is None or left is None else low + coefficient * left
        high = None if high is None or right is None else high + coefficient * right
    return low, high


def _monomial_bounds(monomial: Monomial) -> tuple[Bound, Bound]:
    low: Bound = 1
    high: Bound = 1
    for atom in monomial:
        left, right = _atom_bounds(atom)
        if left is None or left < 0 or low is None or low < 0:
            return None, None  # products of possibly negative numbers: no claim
        low = low * left
        high = None if high is None or right is None else high * right
    return low, high


def _atom_bounds(atom: Atom) -> tuple[Bound, Bound]:
    if isinstance(atom, Symbol):
        return atom.least, None
    left, right = bounds(atom.left), bounds(atom.right)
    if atom.kind == "min":
        highs = [x for x in (left[1], right[1]) if x is not None]
        low = None if left[0] is None or right[0] is None else min(left[0], right[0])
        return low, min(highs) if highs else None
    if atom.kind == "max":
        lows = [x for x in (left[0], right[0]) if x is not None]
        high = None if left[1] is None or right[1] is None else max(left[1], right[1])
        return max(lows) if lows else None, high
    if right[0] is None or right[0] <= 0:  # a // b with b positive is the only case worth a claim
        return None, None
    low_quotient: Bound = None
    if left[0] is not None:
        if left[0] >= 0:
            low_quotient = 0 if right[1] is None else left[0] // right[1]
        else:
            low_quotient = left[0] // right[0]
    high_quotient: Bound = None
    if left[1] is not None:
        if left[1] >= 0:
            high_quotient = left[1] // right[0]
        else:
            high_quotient = -1 if right[1] is None else left[1] // right[1]
    return low_quotient, high_quotient


def compare(a: Exact, b: Exact) -> int | None:
    """-1 when a < b always, 0 when equal always, 1 when a > b always, None when it can't be shown."""
    difference = sub(a, b)
    if isinstance(difference, int):
        return (difference > 0) - (difference < 0)
    low, high = bounds(difference)
    if low is not None and low > 0:
        return 1
    if high is not None and high < 0:
        return -1
    return None


def equal(a: Exact, b: Exact) -> bool | None:
    """True when always equal, False when never, None when it depends."""
    if a == b:
        return True
    order = compare(a, b)
    return None if order is None else order == 0


def less(a: Exact, b: Exact) -> bool | None:
    """True when a < b always, False when never, None when it depends."""
    difference = sub(b, a)
    if isinstance(difference, int):
        return difference > 0
    low, high = bounds(difference)
    if low is not None and low > 0:
        return True
    if high is not None and high <= 0:
        return False
    return None


def symbols(a: Exact) -> frozenset[Symbol]:
    """Every symbol that `a` depends on."""
    if isinstance(a, int):
        return frozenset()
    found: set[Symbol] = set()
    for monomial, _ in a.terms:
        for atom in monomial:
            if isinstance(atom, Symbol):
                found.add(atom)
            else:
                found |= symbols(atom.left) | symbols(atom.right)
    return frozenset(found)


def evaluate(a: Exact, values: Mapping[Symbol, int]) -> int:
    """The number that `a` is when the symbols have these values."""
    if isinstance(a, int):
        return a
    total = 0
    for monomial, coefficient in a.terms:
        product = coefficient
        for atom in monomial:
            if isinstance(atom, Symbol):
                product *= values[atom]
            else:
                left, right = evaluate(atom.left, values), evaluate(atom.right, values)
                product *= (
                    left // right if atom.kind == "//" else min(left, right) if atom.kind == "min" else max(left, right)
                )
        total += product
    return total


_MOST_PARTS = 150
"""An expression of more symbols, operations and sums than this says nothing to anybody, and grows on: `x % y` holds x twice."""


def is_endless(size: Exact) -> bool:
    """Is this an expression that is worth nothing any more: larger than anybody reads?"""
    return isinstance(size, Expr) and _parts(size) > _MOST_PARTS


def _parts(size: Exact) -> int:
    """Of how many parts an expression is made, those that stand in it several times counted each time."""
    if isinstance(size, int):
        return 0
    return sum(
        1 + sum(1 if isinstance(atom, Symbol) else 1 + _parts(atom.left) + _parts(atom.right) for atom in monomial)
        for monomial, _ in size.terms
    )


def _binary(operation: Callable[[Exact, Exact], Exact]) -> Callable[[Dim, Dim | int], Dim]:
    def method(self: Dim, other: Dim | int) -> Dim:
        left, right = self.size, other.size if isinstance(other, Dim) else other
        if isinstance(left, UnknownSize) or isinstance(right, UnknownSize):
            return Dim(UNKNOWN, self.role)
        if left is None or right is None:
            return Dim(None, self.role)
        size = operation(left, right)
        if is_endless(size):
            return Dim(UNKNOWN, self.role)
        return Dim(size, self.role, self.origin if size == left else None)

    return method


@dataclass(frozen=True, slots=True, eq=False)
class Dim:
    """One axis: its size, what it means (role) and where the number comes from (origin).

    Arithmetic keeps the role of the left operand; `None` and unknown sizes carry through (unknown wins).
    Dims have no `==` of their own on purpose: ask `same(a, b)`, which has three answers, or compare `.size`.
    """

    size: Size
    role: Role | None = None
    origin: Origin | None = None

    @staticmethod
    def of(value: Dim | Size, role: Role | None = None, origin: Origin | None = None) -> Dim:
        """A Dim from a size; a Dim is returned as it is, with the role and the origin added where it has none."""
        if isinstance(value, Dim):
            if (role is None or value.role is not None) and (origin is None or value.origin is not None):
                return value
            return Dim(value.size, value.role or role, value.origin or origin)
        if isinstance(value, TracedInt):
            return Dim(int(value), role, origin or value.origin)
        return Dim(value, role, origin)

    @property
    def is_none(self) -> bool:
        """Keras's None: not fixed."""
        return self.size is None

    @property
    def is_unknown(self) -> bool:
        """We don't know even whether it is a number."""
        return self.size is UNKNOWN

    @property
    def known(self) -> int | None:
        """The plain number, if it is one."""
        return self.size if isinstance(self.size, int) else None

    @property
    def exact(self) -> int | Expr | None:
        """The number or expression, if it is one."""
        return self.size if isinstance(self.size, (int, Expr)) else None

    def with_role(self, role: Role | None) -> Dim:
        """The same size in another role."""
        return self if self.role is role else replace(self, role=role)

    def with_origin(self, origin: Origin | None) -> Dim:
        """The same size from another place."""
        return replace(self, origin=origin)

    __add__ = _binary(add)
    __sub__ = _binary(sub)
    __mul__ = _binary(mul)
    __floordiv__ = _binary(floordiv)
    __mod__ = _binary(mod)
    __rmul__ = _binary(lambda a, b: mul(b, a))
    __radd__ = _binary(lambda a, b: add(b, a))

    def ceildiv(self, other: Dim | int) -> Dim:
        """ceil(self / other)"""
        return _ceildiv(self, other)

    def minimum(self, other: Dim | int) -> Dim:
        """The smaller of the two."""
        return _minimum(self, other)

    def maximum(self, other: Dim | int) -> Dim:
        """The larger of the two."""
        return _maximum(self, other)

    def to_json(self) -> int | str | None:
        """A number, None, or a string for an expression or an unknown size."""
        return self.size if self.size is None or isinstance(self.size, int) else str(self.size)

    def __str__(self) -> str:
        return str(self.size)

    def __repr__(self) -> str:
        return f"Dim({self.size}{f', {self.role}' if self.role else ''})"


_ceildiv = _binary(ceildiv)
_minimum = _binary(minimum)
_maximum = _binary(maximum)

NONE: Final = Dim(None)
ANY: Final = Dim(UNKNOWN)


def same(a: Dim | Size, b: Dim | Size) -> bool | None:
    """True when both are the same number, False when they differ, None when it can't be told (None and unknown never can)."""
    left = a.size if isinstance(a, Dim) else a
    right = b.size if isinstance(b, Dim) else b
    if left is None or right is None or isinstance(left, UnknownSize) or isinstance(right, UnknownSize):
        return None
    return equal(left, right)


def is_left_to_calculate(size: Dim) -> bool:
    """Is it no size, so that -1 is meant, which leaves it to `reshape`: -1 itself, or -n?"""
    return size.known == -1 or (isinstance(size.exact, Expr) and less(size.exact, 1) is True)


def unless_none(size: Dim) -> Dim:
    """The size of what isn't empty: for `max(n - 1, 0)` that is `n - 1`."""
    exact = size.exact
    if not isinstance(exact, Expr) or len(exact.terms) != 1:
        return size
    monomial, coefficient = exact.terms[0]
    term = monomial[0] if len(monomial) == 1 and coefficient == 1 else None
    if not isinstance(term, Term) or term.kind != "max" or 0 not in (term.left, term.right):
        return size
    return Dim(term.left if term.right == 0 else term.right, size.role, size.origin)


def total(dims: Iterable[Dim]) -> Dim:
    """The sum of sizes; 0 for none at all."""
    return _all_of(dims, 0, add, Dim.__add__)


def product(dims: Iterable[Dim]) -> Dim:
    """The product of sizes; 1 for none at all."""
    return _all_of(dims, 1, mul, Dim.__mul__)


def _all_of(
    dims: Iterable[Dim], start: int, numbers: Callable[[Exact, Exact], Exact], sizes: Callable[[Dim, Dim], Dim]
) -> Dim:
    """Fold sizes; the plain numbers among them first, without an object for each step."""
    known: Exact = start
    others = []
    for dim in dims:
        if isinstance(dim.size, int):
            known = numbers(known, dim.size)
        else:
            others.append(dim)
    return Dim(functools.reduce(sizes, others, Dim(known)).size)


def merge(a: Dim, b: Dim) -> Dim:
    """What is known of an axis when two views of it must agree: the more definite of the two."""
    if a.exact is None and b.exact is not None:
        return Dim.of(b, a.role, a.origin)
    if a.exact is not None and b.exact is not None and a.known is None and b.known is not None:
        return Dim.of(b, a.role, a.origin)
    return a
