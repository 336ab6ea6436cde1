"""What earlier answers say of a condition: who has taken `n == 2` can't take `n == 3`, `n > 5` or `n is None`."""

from __future__ import annotations

import ast
import functools
import itertools
import operator
from collections.abc import Callable, Hashable, Mapping
from typing import Any, NamedTuple

_LONGEST = 100
"""Characters of a constant that is looked into."""


def implied(key: Hashable, made: Mapping[Hashable, bool]) -> bool | None:
    """The answer to the condition `key` that follows from the answers about the same value; None when none does.

    Of all values that those allow (each constant that they name, numbers between and beyond, anything else) this asks whether every
    one gives the same answer.
    """
    asked = _condition(key)
    earlier = [(other, answer) for known, answer in made.items() if (other := _condition(known)).of == asked.of]
    if not earlier:
        return None
    values = _possible(asked.of) or _within(asked.of, _representatives([asked, *(other for other, _ in earlier)]))
    refused = {other.constant for other, answer in earlier if other.how == "==" and not answer}
    needed = _tightest([(other, answer) for other, answer in earlier if other.how != "==" or answer])
    answers: set[bool] = set()
    for value in values:
        if value not in refused and all(other.holds(value) == answer for other, answer in needed):
            answers.add(asked.holds(value))
            if len(answers) > 1:
                return None
    return answers.pop() if answers else None


def _tightest(conditions: list[tuple[_Condition, bool]]) -> list[tuple[_Condition, bool]]:
    """The same of fewer conditions: of those that order numbers the narrowest bound of each kind, for a loop may have asked hundreds."""
    found: list[tuple[_Condition, bool]] = []
    bounds: dict[str, _Condition] = {}
    for other, answer in conditions:
        if other.how not in _ORDERS:
            found.append((other, answer))
            continue
        how = other.how if answer else _OPPOSITE[other.how]
        narrower = _ASKED[how[0]]
        if how not in bounds or narrower(other.constant, bounds[how].constant):
            bounds[how] = _Condition(other.of, how, other.constant)
    return found + [(bound, True) for bound in bounds.values()]


def is_further_choice(key: Hashable, made: Mapping[Hashable, bool]) -> bool:
    """Does the condition compare with one more text what has been found to be another one's equal or not: `elif kind == "gru":`?"""
    asked = _condition(key)
    return (
        asked.how == "=="
        and isinstance(asked.constant, str)
        and any(
            not answer and other.of == asked.of and other.how == "==" and isinstance(other.constant, str)
            for other, answer in ((_condition(known), answer) for known, answer in made.items())
        )
    )


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


def _within(of: Hashable, values: list[Any]) -> list[Any]:
    """Those of the values that a size may have: whole numbers between its bounds; what is no size may have all of them."""
    if not isinstance(of, tuple) or of[0] != "dim":
        return values
    _, _, _, low, high = of
    numbers = [value for value in values if type(value) is int or (type(value) is float and value.is_integer())]
    return [n for n in numbers if (low is None or n >= low) and (high is None or n <= high)]


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


def _representatives(conditions: list[_Condition]) -> list[Any]:
    """Values of which one behaves like any that there may be. What is compared by its order is a number."""
    named: list[Any] = []
    for condition in conditions:
        named += condition.constant if condition.how == "in" else [condition.constant]
    numbers = sorted({value for value in named if isinstance(value, (int, float))})
    found: list[Any] = [*numbers, *((a + b) / 2 for a, b in itertools.pairwise(numbers))]
    if numbers:
        found += [numbers[0] - 1, numbers[-1] + 1]
    if any(condition.how in _ORDERS for condition in conditions):
        return [0, *found]
    texts = [value for value in named if isinstance(value, str)]
    return [*found, *texts, None, True, False, _Else(True), _Else(False)]
