"""Values that are one of a few (`OneOf`): what an operation gives is known where it gives the same for each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..places import Place
from ..values import ListValue, OneOf, Unknown, Value
from .bridge import NotKnownError, from_python, to_python

_PLAIN = (bool, int, float, str, bytes)


def each(function: Callable[..., Any], values: list[Value], place: Place | None) -> Value | None:
    """`function(*values)` for each case that there is; None where there is none to tell apart, or more than the case is not known of them."""
    found = [choice for value in values for choice in _choices(value)]
    sources = {choice.source: len(choice.values) for choice in found if choice.source}
    if not found or len(sources) > 1:
        return None
    source, count = next(iter(sources.items()), ("", 1))
    try:
        results = [function(*(_in_case(value, case) for value in values)) for case in range(count)]
    except (NotKnownError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError):
        return None
    return joined(results, source, place)


def joined(results: list[Any], source: str, place: Place | None) -> Value:
    """The value that is each of the results in its case."""
    first = results[0]
    kind = type(first)
    if any(type(result) is not kind for result in results):
        return Unknown("it is not the same for each version", place)
    if kind in (list, tuple) and all(len(result) == len(first) for result in results):
        columns = [joined(list(column), source, place) for column in zip(*results)]
        return ListValue(columns, place=place) if kind is list else tuple(columns)
    same = all(result == first for result in results)
    if same and (kind in _PLAIN or first is None):
        return from_python(first)
    if kind in (list, dict, set):
        return Unknown("it is not the same for each version", place, kind.__name__)
    kept = (first,) if same else tuple(results)
    return OneOf(
        "which version it is is not known", place, getattr(kind, "kind", kind.__name__), _key(kept, source),
        values=kept, source="" if same else source,
    )  # fmt: skip


def _key(values: tuple[Any, ...], source: str) -> Any:
    """What makes two conditions about versions the same one: that they hold for the same ones. One that holds for the first is the
    opposite of another, as `not` makes it."""
    if values[0] is True:
        return ("not", ("version", source, *(not value for value in values)))
    return ("version", source, *values)


def _choices(value: Value) -> Iterator[OneOf]:
    if isinstance(value, OneOf):
        yield value
    elif type(value) is tuple:
        for item in value:
            yield from _choices(item)
    elif type(value) is ListValue and not value.open:
        for item in value.items:
            if isinstance(item, (OneOf, tuple)):  # a list may hold itself
                yield from _choices(item)


def _in_case(value: Value, case: int) -> Any:
    """The plain value in one of the cases. NotKnownError where that is not known."""
    if isinstance(value, OneOf):
        return value.values[case if value.source else 0]
    if type(value) is tuple:
        return tuple(_in_case(item, case) for item in value)
    if type(value) is ListValue and not value.open:
        return [_in_case(item, case) if isinstance(item, (OneOf, tuple)) else to_python(item) for item in value.items]
    return to_python(value)
