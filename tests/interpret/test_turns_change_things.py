"""What turns that nobody can count change, beside what they make, is not known afterwards; Python says what it would have been."""

from __future__ import annotations

from typing import Any

import pytest

from lstmlint.interpret import follow
from lstmlint.source import Source
from lstmlint.syntax import parse
from lstmlint.values import DictValue, ListValue, SetValue

WORDS = ["a", "bb", "a", "ccc", "dd"]

HEAD = """
seen, kinds, table, counts, total = [], set(), {}, [0], 0
def note(word):
    global total
    seen.append(word)
    kinds.add(len(kinds) + 1)
    table[word] = len(table)
    counts[0] += 1
    total += 1
    return 7
class Notes:
    def __init__(self):
        self.rows, self.n = [], 0
    def note(self, word):
        self.rows.append(word)
        self.n += 1
        return word
notes = Notes()
"""

EFFECTS = {
    "a for loop": "for word in words:\n    note(word)\n    notes.note(word)",
    "a list": "[note(word) for word in words]\n[notes.note(word) for word in words]",
    "a set": "{note(word) for word in words}\n{notes.note(word) for word in words}",
    "a dict": "{word: note(word) for word in words}\n{notes.note(word): 1 for word in words}",
    "a generator": "sum(note(word) for word in words)\nlist(notes.note(word) for word in words)",
    "a map": "list(map(note, words))\nlist(map(notes.note, words))",
    "a map of a lambda": "list(map(lambda word: note(word), words))\nlist(map(lambda word: notes.note(word), words))",
    "the inner loop": "[note(word) for word in words for _ in range(2)]\n[notes.note(word) for _ in range(2) for word in words]",
    "more than is unrolled": "[(note(word), notes.note(word)) for word in range(5000)]",
    "more, by a condition": "[(note(word), notes.note(word)) for word in range(5000) if word % 2 == 0]",
    "a condition": '[(note(word), notes.note(word)) for word in ("a", "bb", "eeee") if word in words]',
}


def _plain(value: Any) -> Any:
    """An engine's value as a Python one; None for what isn't known."""
    if isinstance(value, (ListValue, SetValue)):
        return None if value.open else len(value.items)
    if isinstance(value, DictValue):
        return None if value.open else len(value.entries)
    return int(value) if isinstance(value, int) else None


RESULT = "\nresult = [len(seen), len(kinds), len(table), counts[0], total, len(notes.rows), notes.n]\n"


def _followed(program: str) -> dict[str, Any]:
    """The module's names after the program, for words of a file."""
    program = "words = open('words.txt').read().split()\n" + program
    return follow(parse(Source("turns.py", program))).ways[0].names


def _found(effect: str) -> list[Any]:
    return [_plain(value) for value in _followed(HEAD + effect + RESULT)["result"].items]


def _real(effect: str) -> list[int]:
    """What Python has, for some words."""
    scope: dict[str, Any] = {"words": WORDS}
    exec(compile(HEAD + effect + RESULT, "turns.py", "exec"), scope)
    result: list[int] = scope["result"]
    return result


@pytest.mark.parametrize("effect", EFFECTS.values(), ids=EFFECTS)
def test_what_is_known_afterwards_is_what_python_has(effect: str) -> None:
    found, real = _found(effect), _real(effect)
    assert all(here is None or here == there for here, there in zip(found, real, strict=True)), (found, real)
    assert found[3:5] == [None, None]


KNOWN = {
    "what is counted": "[note(word) for word in ('a', 'b')]\nlist(map(notes.note, ('a', 'b')))",
    "what changes nothing": "[word.lower() for word in words]\n[len(word) for word in words]\nlist(map(len, words))",
}


@pytest.mark.parametrize("effect", KNOWN.values(), ids=KNOWN)
def test_what_is_counted_or_not_changed_is_still_known(effect: str) -> None:
    assert _found(effect) == _real(effect)


def test_as_many_as_turns_is_still_said() -> None:
    names = _followed("rows = []\n[rows.append(turn) for turn in range(5000)]\nn = len(rows)")
    assert names["n"] == 5000


def test_a_filtered_comprehension_that_is_not_unrolled_has_no_known_length() -> None:
    assert _plain(_followed("n = len([i for i in range(5000) if i % 2 == 0])")["n"]) is None
    assert _followed("n = len([i for i in range(5000)])")["n"] == 5000
