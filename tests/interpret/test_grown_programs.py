"""Programs grown at random mean to the interpreter what they mean to Python, or it says that it does not know."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

from tests.interpret.grown import Grower
from tests.interpret.test_like_python import followed, plain

CHUNK = 25


def compared(seed: int) -> tuple[int, int]:
    """How many names came out as in Python, and how many unknown; a name that differs fails. Programs that raise count nothing."""
    source = Grower(seed).program()
    namespace: dict[str, Any] = {"__name__": "__main__"}
    try:
        exec(compile(source, f"grown {seed}", "exec", dont_inherit=True), namespace)
    except Exception:
        return 0, 0
    program = followed(source)
    assert not program.faults, (seed, program.faults[0].message, source)
    same = unknown = 0
    for name, expected in namespace.items():
        if not name.startswith("v") or not name[1:].isdigit():
            continue
        try:
            found = plain(program.ways[0].names[name])
        except ValueError:
            unknown += 1
            continue
        assert (type(found), found) == (type(expected), expected), (seed, name, source)
        same += 1
    return same, unknown


@pytest.mark.parametrize("start", range(0, 200, CHUNK))
def test_grown_programs_are_what_python_makes_of_them(start: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        found = [compared(seed) for seed in range(start, start + CHUNK)]
    same, unknown = (sum(column) for column in zip(*found))
    assert same > 100
    assert unknown <= same // 50
