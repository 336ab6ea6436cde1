"""Comments that state a shape are believed where nothing else is known, and compared where something is."""

from __future__ import annotations

from typing import Any

import pytest

from lstmlint.dims import same
from lstmlint.interpret import follow
from lstmlint.source import Source
from lstmlint.syntax import parse


def followed(program: str) -> tuple[dict[str, Any], list[Any]]:
    done = follow(parse(Source("stated.py", f"import numpy as np\n{program}")))
    return done.ways[-1].names, [f for f in done.faults if f.kind == "stated-shape"]


@pytest.mark.parametrize(
    "program",
    [
        "X = load()  # lstmlint: X: (N, 24, 3)",
        "# lstmlint: X: (N, 24, 3)\nX = load()",
        "X = load()\n# lstmlint: X: (N, 24, 3)\nprint(X)",
        "X = np.load('x.npy')  # lstmlint: X: (N, 24, 3)",
        "n = 24\nX = load()  # lstmlint: X: (N, n, n // 8)",
        "def f(a):  # lstmlint: a: (N, 24, 3)\n    return a\nX = f(load())",
        "def f(a):\n    # lstmlint: a: (N, 24, 3)\n    return a\nX = f(load())",
        "for X in load():  # lstmlint: X: (N, 24, 3)\n    Y = X\n    break",
        "X, y = load()  # lstmlint: X: (N, 24, 3), y: (N,)",
    ],
)
def test_a_stated_shape_is_believed(program: str) -> None:
    names, faults = followed(program)
    assert not faults
    assert [d.known for d in names["X"].shape] == [None, 24, 3]


def test_a_name_stands_for_one_size_in_the_file() -> None:
    names, _ = followed("X, y = load()  # lstmlint: X: (N, 24), y: (N,)")
    assert same(names["X"].shape[0], names["y"].shape[0])
    names, _ = followed("X = np.zeros((7, 2))  # lstmlint: X: (N, 2)\ny = load()  # lstmlint: y: (N,)")
    assert names["y"].shape[0].known == 7


@pytest.mark.parametrize(
    "program",
    [
        "X = np.zeros((5, 24, 4))  # lstmlint: X: (N, 24, 3)",
        "X = np.zeros((5, 24))  # lstmlint: X: (N, 24, 3)",
        "X = np.zeros((5, 2))  # lstmlint: X: (N, 2)\ny = np.zeros((6,))  # lstmlint: y: (N,)",
        "X = 5  # lstmlint: X: (N, 24)",
        "X = load()  # lstmlint: X: N by 24",
    ],
)
def test_a_contradicted_statement_is_a_fault(program: str) -> None:
    _, faults = followed(program)
    assert len(faults) == 1
    assert not faults[0].raises


def test_a_statement_that_may_hold_is_none() -> None:
    _, faults = followed("X = np.load('x.npy').reshape(-1, 24, 3)  # lstmlint: X: (100, steps, 3)")
    assert not faults
    _, faults = followed("X = load()  # lstmlint: ignore[RNN001]")
    assert not faults
