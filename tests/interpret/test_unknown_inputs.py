"""What is said to be known of a program whose inputs are not is what Python has, whatever they are; a fault of every way is one for all of them."""

from __future__ import annotations

import sys
import warnings
from typing import Any

import pytest

from lstmlint.program import Program
from tests.interpret.test_like_python import followed, plain
from tests.interpret.unknown_inputs import WithInputs

CHUNK = 50
_MOST_LINES = 20_000


class _TooLongError(Exception):
    """A grown program that may never end."""


def _run(program: str, given: dict[str, Any]) -> dict[str, Any] | None:
    """The names after the program; None where it raises, or does not end."""
    lines = 0

    def count(*_: Any) -> Any:
        nonlocal lines
        lines += 1
        if lines > _MOST_LINES:
            raise _TooLongError
        return count

    names = {"__name__": "__main__", **given}
    sys.settrace(count)
    try:
        exec(compile(program, "grown", "exec", dont_inherit=True), names)
    except Exception:
        return None
    finally:
        sys.settrace(None)
    return names


def _wrong(way: Any, names: dict[str, Any]) -> list[str]:
    """The names of which the way claims another value than Python has."""
    found = []
    for name, expected in names.items():
        if not (name.startswith("v") and name[1:].isdigit()) or name not in way.names:
            continue
        try:
            claimed = plain(way.names[name])
        except ValueError:
            continue
        if (type(claimed), claimed) != (type(expected), expected):
            found.append(name)
    return found


def _refused(program: Program) -> bool:
    return any(fault.raises and not program.conditions_of(fault) for fault in program.faults)


def compared(seed: int, grown: type[WithInputs] = WithInputs) -> int:
    """How many runs were compared. One whose values no way has fails, as does one that ends where every way is said to raise."""
    grower = grown(seed)
    source = grower.program(4)
    program = followed(grower.reading() + source)
    runs = 0
    for _ in range(5):
        given = grower.values()
        names = _run(source, {k: list(v) if isinstance(v, list) else v for k, v in given.items()})
        if names is None:
            continue
        runs += 1
        assert not _refused(program), (seed, given, program.faults[0].message, source)
        claims = [_wrong(way, names) for way in program.ways]
        assert [] in claims, (seed, given, min(claims, key=len), source)
    return runs


@pytest.mark.parametrize("start", range(0, 400, CHUNK))
def test_what_is_known_is_so_for_any_input(start: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        assert sum(compared(seed) for seed in range(start, start + CHUNK)) > 2 * CHUNK
