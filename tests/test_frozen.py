"""Our `dataclass` and `pattern` are those of the standard library, made later or in another way: both are asked the same."""

from __future__ import annotations

import dataclasses
import itertools
import re
from typing import Any

import pytest

from lstmlint import frozen
from lstmlint.patterns import pattern


def classes(dataclass: Any, **options: Any) -> list[type]:
    @dataclass(**options)
    class None_:
        """No field."""

    @dataclass(**options)
    class One:
        """One field."""

        a: object

    @dataclass(**options)
    class Several:
        """Several, of which one does not count and one is not shown."""

        a: object
        b: object = 2
        c: object = dataclasses.field(default=3, compare=False)
        d: object = dataclasses.field(default=4, repr=False)

    @dataclass(**options)
    class Further(Several):
        """A field more than its base."""

        e: object = 5

    @dataclass(**options)
    class Own:
        """Has methods of its own."""

        a: object

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Own)

        def __hash__(self) -> int:
            return 7

        def __repr__(self) -> str:
            return "own"

    return [None_, One, Several, Further, Own]


def objects(dataclass: Any, **options: Any) -> list[Any]:
    none, one, several, further, own = classes(dataclass, **options)
    return [
        none(), none(), one(1), one(1.0), one((1,)), one([]), several(1), several(1, c=9), several(1, d=9), several(1, 9),
        further(1), further(1, e=9), own(1), own(2),
    ]  # fmt: skip


def hashed(given: Any) -> Any:
    try:
        return hash(given)
    except TypeError as error:
        return str(error)


@pytest.mark.parametrize(
    "options", [{}, {"frozen": True}, {"slots": True, "frozen": True}, {"eq": False}, {"repr": False}, {"slots": True}]
)
def test_dataclasses_are_compared_shown_and_hashed_as_in_the_standard_library(options: dict[str, Any]) -> None:
    ours, theirs = objects(frozen.dataclass, **options), objects(dataclasses.dataclass, **options)
    for (mine, other), (its, another) in zip(itertools.product(ours, ours), itertools.product(theirs, theirs)):
        assert (mine == other) is (its == another), (its, another)
        if options.get("frozen"):
            assert (hashed(mine) == hashed(other)) is (hashed(its) == hashed(another)), (its, another)
    for mine, its in zip(ours, theirs):
        assert (type(mine).__hash__ is None) is (type(its).__hash__ is None)
        if options.get("repr", True):
            assert repr(mine) == repr(its).replace("dataclasses.dataclass", "frozen.dataclass")


def test_a_dataclass_that_holds_itself_can_be_shown() -> None:
    @frozen.dataclass
    class Node:
        within: list[object]

    node = Node([])
    node.within.append(node)
    assert repr(node).endswith("Node(within=[...])")


def test_fields_are_known_to_replace() -> None:
    several: Any = classes(frozen.dataclass, frozen=True, slots=True)[2]
    assert dataclasses.replace(several(1), b=5) == several(1, 5)


@pytest.mark.parametrize("text", [r"(\d+)\s*(units?)", "^", "(?P<x>a|b)*"])
def test_a_pattern_finds_what_its_compiled_form_finds(text: str) -> None:
    ours, theirs = pattern(text, re.I), re.compile(text, re.I)
    for given in ("", "12 Units and 3 unit", "ABba"):
        assert [m.span() for m in ours.finditer(given)] == [m.span() for m in theirs.finditer(given)]
        assert ours.sub("-", given) == theirs.sub("-", given)
        assert (ours.fullmatch(given) is None) is (theirs.fullmatch(given) is None)
    assert (ours.pattern, ours.flags) == (theirs.pattern, theirs.flags)


def test_a_pattern_is_compiled_when_it_is_used() -> None:
    wrong = pattern("(")
    with pytest.raises(re.error):
        wrong.search("")
