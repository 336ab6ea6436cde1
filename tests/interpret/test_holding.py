"""A finding that holds on some ways only says when it does."""

from __future__ import annotations

import pytest

from lstmlint.runner import check_source

HEAD = """
import sys, keras
from keras.layers import LSTM, Dense, Input
flag = len(sys.argv) > 1
name = sys.argv[2]
"""


def _conditions(program: str) -> list[list[tuple[str, str]]]:
    """For each finding what is said of when it happens, with the text that is pointed at."""
    source = HEAD + program
    lines = source.split("\n")
    told = []
    for finding in check_source(source):
        related = [r for r in finding.related if r.message.startswith("it happens when ")]
        texts = [lines[r.span.row - 1][r.span.column - 1 : r.span.end_column - 1] for r in related]
        told.append([(text, r.message.removeprefix("it happens when ")) for text, r in zip(texts, related)])
    return told


WAYS = {
    "a branch": ("x = Input((4, 2))\nif flag:\n    x = LSTM(3)(x)\nLSTM(3)(x)", [("flag", "this is true")]),
    "the other branch": (
        "if flag:\n    x = Input((4, 2))\nelse:\n    x = Input((4,))\nLSTM(3)(x)",
        [("flag", "this is false")],
    ),
    "no branch": ("x = Input((4,))\nif not flag:\n    x = Input((4, 2))\nLSTM(3)(x)", [("not flag", "this is false")]),
    "an expression": ("x = Input((4, 2)) if not flag else Input((4,))\nLSTM(3)(x)", [("not flag", "this is false")]),
    "two conditions": (
        "x = Input((4, 2))\nif flag and name == 'deep':\n    x = LSTM(3)(x)\nLSTM(3)(x)",
        [("flag and name == 'deep'", "this is true")],
    ),
    "one within the other": (
        "x = Input((4, 2))\nif flag:\n    if name == 'deep':\n        x = LSTM(3)(x)\nLSTM(3)(x)",
        [("flag", "this is true"), ("name == 'deep'", "this is true")],
    ),
    "a match": (
        "match name:\n    case 'a':\n        x = Input((4, 2))\n    case _:\n        x = Input((4,))\nLSTM(3)(x)",
        [("'a'", "this does not match")],
    ),
    "a table": (
        "SHAPES = {'a': (4, 2), 'b': (4, 3), 'c': (4,)}\nLSTM(3)(Input(SHAPES[name]))",
        [("SHAPES[name]", "the key is 'c'")],
    ),
    "a function that nobody calls": (
        "def build(deep):\n    x = Input((4, 2))\n    if deep:\n        x = LSTM(3)(x)\n    return LSTM(3)(x)",
        [("deep", "this is true")],
    ),
    "a condition asked twice": (
        "x = Input((4, 2))\nif flag:\n    x = LSTM(3)(x)\nif flag:\n    LSTM(3)(x)",
        [("flag", "this is true")],
    ),
}


@pytest.mark.parametrize("program, said", WAYS.values(), ids=WAYS)
def test_what_holds_on_some_ways_says_on_which(program: str, said: list[tuple[str, str]]) -> None:
    assert _conditions(program) == [said]


EVERY_WAY = {
    "nothing is asked": "LSTM(3)(Input((4,)))",
    "another thing is asked": "if flag:\n    print('so')\n    y = 3\nLSTM(3)(Input((4,)))",
    "wrong on both sides": "x = Input((4,)) if flag else Input((5,))\nLSTM(3)(x)",
    "another function's condition": "LSTM(3)(Input((4,)))\ndef build(deep):\n    return Dense(3) if deep else Dense(4)",
    "two functions that nobody calls": "def build(deep):\n    return Dense(3) if deep else Dense(4)\ndef other():\n    LSTM(3)(Input((4,)))",
}


@pytest.mark.parametrize("program", EVERY_WAY.values(), ids=EVERY_WAY)
def test_what_holds_on_every_way_says_nothing_of_conditions(program: str) -> None:
    assert all(said == [] for said in _conditions(program))
    assert _conditions(program)


def test_two_conditions_that_are_both_needed_are_both_named() -> None:
    program = (
        "rank = 1\nif flag:\n    rank = 2\nelse:\n    rank = 3\nif rank == 2 and name == 'a':\n    LSTM(3)(Input((4,)))"
    )
    ((said),) = _conditions(program)
    assert ("rank == 2 and name == 'a'", "this is true") in said or ("name == 'a'", "this is true") in said
