"""On which ways a fault happens: the conditions that can't be known, and that decide whether it does."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

from ..places import Place
from ..program import Record
from .implied import implied, is_whole
from .ways import Decisions

Way = tuple[Record, Decisions]


def holding(ways: list[Way], file: Any) -> dict[tuple[int, str], tuple[tuple[str, Place], ...]]:
    """For the node and the kind of each fault that does not happen on every way: the conditions that decide it, in words and with their places.

    On all ways with the fault each of these conditions had the same answer, and the ways without it had another one for one of them. A way that
    was cut short, which a gap at the node of the whole file says, does not show that a fault does not happen.
    """
    found: dict[tuple[int, str], list[int]] = {}
    for number, (record, _) in enumerate(ways):
        for key in dict.fromkeys((id(fault.place.node), fault.kind) for fault in record.faults):
            found.setdefault(key, []).append(number)
    whole = [n for n, (record, _) in enumerate(ways) if all(gap.place.node is not file for gap in record.gaps)]
    made = [decisions for _, decisions in ways]
    said = {}
    for key, numbers in found.items():
        without = [made[number] for number in whole if number not in numbers]
        if without:
            said[key] = tuple(_deciding([made[number] for number in numbers], without))
    return said


def _deciding(having: list[Decisions], without: list[Decisions]) -> Iterator[tuple[str, Place]]:
    """As few conditions as tell these ways from the others, those that tell most of them first."""
    first = having[0]
    shared = {
        key: answer for key, answer in first.made.items() if all(_answer(way, key) is answer for way in having[1:])
    }
    while without:
        told = {key: [way for way in without if _answer(way, key) is (not answer)] for key, answer in shared.items()}
        # of `a and b` only one part may be among those that tell the ways apart
        best = max(told, key=lambda key: (len(told[key]), is_whole(key)), default=None)
        if best is None or not told[best]:
            return
        question = next((way.questions[best] for way in having if best in way.questions), None)
        if question is not None:
            yield question.yes if shared[best] else question.no, question.place
        without = [way for way in without if way not in told[best]]


def _answer(way: Decisions, key: Hashable) -> bool | None:
    """How a way decided a condition, or would have to decide it."""
    found = way.made.get(key)
    return implied(key, way.made) if found is None else found
