"""What earlier answers say of a condition: who has taken `n == 2` can't take `n == 3`, `n > 5` or `n is None`."""

from __future__ import annotations

import ast
import functools
import itertools
import math
import operator
from collections.abc import Callable, Hashable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, TypeGuard

_LONGEST = 100
"""Characters of a constant that is looked into."""
_NONE: Mapping[Hashable, bool] = MappingProxyType({})


class Answers(dict[Hashable, bool]):
    """The answers to conditions, in order, found again by what they are about. An answer is given once and stays."""

    def __init__(self, given: Mapping[Hashable, bool] = _NONE) -> None:
        super().__init__(given)
        self._fresh: list[Hashable] = list(given)
        """Those that are not among the next two yet."""
        self._about: dict[Hashable, _About] = {}
        self._wholes: dict[Hashable, list[tuple[Any, ...]]] = {}

    def __setitem__(self, key: Hashable, answer: bool) -> None:
        if key not in self:
            self._fresh.append(key)
            super().__setitem__(key, answer)

    def setdefault(self, key: Hashable, default: bool = False) -> bool:
        """The answer to a condition, the default if there was none."""
        self[key] = default
        return self[key]

    def about(self, of: Hashable) -> _About | None:
        """What the answers say of one value; None when none does."""
        self._sort()
        return self._about.get(of)

    def wholes(self, part: Hashable) -> list[tuple[Any, ...]]:
        """The conditions with `and` and `or` that have been decided as a whole and that this one, or its opposite, is a part of."""
        self._sort()
        return self._wholes.get(part, [])

    def _sort(self) -> None:
        for key in self._fresh:
            condition = _condition(key)
            self._about.setdefault(condition.of, _About()).add(condition, self[key])
            if is_whole(key):
                for part in dict.fromkeys(p[1] if is_not(p) else p for p in key[1:]):
                    self._wholes.setdefault(part, []).append(key)
        self._fresh.clear()


class _About:
    """What is known of one value. Of the conditions that order numbers only the narrowest bound of each kind says something, for a loop may have
    asked hundreds."""

    __slots__ = ("bounds", "others", "refused")

    def __init__(self) -> None:
        self.bounds: dict[str, _Condition] = {}
        self.refused: set[Any] = set()
        """Constants that it doesn't equal."""
        self.others: list[tuple[_Condition, bool]] = []

    def add(self, condition: _Condition, answer: bool) -> None:
        if condition.how in _ORDERS:
            how = condition.how if answer else _OPPOSITE[condition.how]
            narrower = _ASKED[how[0]]
            if how not in self.bounds or narrower(condition.constant, self.bounds[how].constant):
                self.bounds[how] = _Condition(condition.of, how, condition.constant)
        elif condition.how == "==" and not answer:
            self.refused.add(condition.constant)
        else:
            self.others.append((condition, answer))

    def allows(self, value: Any) -> bool:
        """May it be this?"""
        return (
            value not in self.refused
            and all(bound.holds(value) for bound in self.bounds.values())
            and all(other.holds(value) == answer for other, answer in self.others)
        )

    def named(self) -> Iterator[_Condition]:
        """The conditions that are left, as many as say the same as all."""
        yield from self.bounds.values()
        yield from (other for other, _ in self.others)
        yield from (_Condition(None, "==", constant) for constant in self.refused)


def implied(key: Hashable, made: Answers) -> bool | None:
    """The answer to the condition `key` that follows from the answers about the same value; None when none does.

    Of all values that those allow (each constant that they name, numbers between and beyond, anything else) this asks whether every
    one gives the same answer.
    """
    asked = _condition(key)
    known = made.about(asked.of)
    if known is None:
        return None
    answers: set[bool] = set()
    for value in _possible(asked.of) or _representatives(asked, known):
        if known.allows(value):
            answers.add(asked.holds(value))
            if len(answers) > 1:
                return None
    return answers.pop() if answers else None


def is_whole(key: Hashable) -> TypeGuard[tuple[Any, ...]]:
    """Is this a condition with `and` or `or`, whose parts are conditions of their own?"""
    return isinstance(key, tuple) and key[:1] in (("and",), ("or",))


def is_not(key: Hashable) -> TypeGuard[tuple[Any, Any]]:
    """Is this the opposite of another condition?"""
    return isinstance(key, tuple) and len(key) == 2 and key[0] == "not"


def is_further_choice(key: Hashable, made: Answers) -> bool:
    """Does the condition compare with one more text what has been found to be another one's equal or not: `elif kind == "gru":`?"""
    asked = _condition(key)
    if asked.how != "==" or not isinstance(asked.constant, str):
        return False
    known = made.about(asked.of)
    return known is not None and any(isinstance(constant, str) for constant in known.refused)


_MOST = 16
"""Values that something may have, one by one."""


@functools.lru_cache(maxsize=1024)
def _possible(of: Hashable) -> tuple[Any, ...] | None:
    """The few values that there are: the items of known constants (`KINDS[i]`, a random choice of them), what `n % 3` leaves; else None."""
    if not isinstance(of, tuple) or len(of) != 3:
        return None
    how, left, right = of
    if how == "one of" and isinstance(left, tuple) and 0 < len(left) <= _MOST:
        return left if all(item is None or isinstance(item, (str, int, float)) for item in left) else None
    if how == "%" and isinstance(right, tuple) and len(right) == 2 and right[0] == "constant":
        divisor = _constant(str(right[1]))
        return tuple(range(divisor)) if type(divisor) is int and 0 < divisor <= _MOST else None
    return None


class _Condition(NamedTuple):
    """A value that isn't known, what is asked of it ("true" for its truth), and the constant it is compared with."""

    of: Hashable
    how: str
    constant: Any = None

    def holds(self, value: Any) -> bool:
        """What the answer is for this value."""
        return bool(_ASKED[self.how](value, self.constant))


class _Else(NamedTuple):
    """Any value that no condition names."""

    truth: bool

    def __bool__(self) -> bool:
        return self.truth


_ASKED: dict[str, Callable[[Any, Any], Any]] = {
    "true": lambda value, _: value,
    "is": operator.is_,
    "in": lambda value, constant: value in constant,
    "==": operator.eq, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "is": "is"}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_ORDERS = tuple(_OPPOSITE)


@functools.lru_cache(maxsize=4096)
def _condition(key: Hashable) -> _Condition:
    """`value < 3`, `value == "text"`, `value is None` or `value in (1, 2)` in its parts; else the value's own truth."""
    if isinstance(key, tuple) and len(key) == 3 and key[0] in _ASKED:
        how, left, right = key
        sides = ((left, right, how), (right, left, _MIRRORED.get(how)))
        for value, other, symbol in sides:
            if symbol is not None and isinstance(other, tuple) and len(other) == 2 and other[0] == "constant":
                known = _constant(str(other[1]))
                if _fits(symbol, known):
                    return _Condition(value, symbol, known)
    return _Condition(key, "true")


def _constant(written: str) -> Any:
    if len(written) > _LONGEST:
        return ...
    try:
        return ast.literal_eval(written)
    except (ValueError, SyntaxError):
        return ...


def _fits(how: str, known: Any) -> bool:
    if how == "is":
        return known is None or isinstance(known, bool)
    if how == "in":
        return isinstance(known, tuple) and all(part is None or isinstance(part, (int, float, str)) for part in known)
    return isinstance(known, (int, float)) or (how == "==" and (known is None or isinstance(known, str)))


def _representatives(asked: _Condition, known: _About) -> list[Any]:
    """Values of which one behaves like any that there may be. What is compared by its order is a number; a size is a whole one between its bounds."""
    conditions = [asked, *known.named()]
    named: list[Any] = []
    for condition in conditions:
        named += condition.constant if condition.how == "in" else [condition.constant]
    numbers = sorted({value for value in named if isinstance(value, (int, float)) and math.isfinite(value)})
    if isinstance(asked.of, tuple) and asked.of[0] == "dim":
        _, _, _, low, high = asked.of
        whole = {0, 1, *(math.floor(value) + step for value in numbers for step in (-1, 0, 1))}
        whole |= {end for end in (low, high) if end is not None}
        return [n for n in whole if (low is None or n >= low) and (high is None or n <= high)]
    found: list[Any] = [*numbers, *((a + b) / 2 for a, b in itertools.pairwise(numbers))]
    if numbers:
        found += [numbers[0] - 1, numbers[-1] + 1]
    if any(condition.how in _ORDERS for condition in conditions):
        return [0, *found]
    texts = [value for value in named if isinstance(value, str)]
    return [*found, *texts, None, True, False, _Else(True), _Else(False)]
