"""Chains of NumPy and pandas give what the libraries give, also where nobody knows some of their constants."""

from __future__ import annotations

import random

import pytest

from lstmlint.interpret import follow
from lstmlint.source import Source
from lstmlint.syntax import parse
from tests.hiding import hidden

from . import pools
from .chains import difference, run

np = pytest.importorskip("numpy")

DRAWN = {
    "numpy": ("import numpy as np", pools.NUMPY_SOURCES, pools.NUMPY_STEPS, pools.NUMPY_STATEMENTS),
    "pandas": ("import io\nimport numpy as np\nimport pandas as pd", pools.PANDAS_SOURCES, pools.PANDAS_STEPS, pools.PANDAS_STATEMENTS),
}  # fmt: skip


def chain(library: str, chance: random.Random) -> str:
    head, sources, steps, statements = DRAWN[library]
    lines = [head, f"x = {chance.choice(sources)}"]
    for _ in range(chance.randint(1, 3)):
        lines.append(chance.choice(statements) if chance.random() < 0.2 else f"x = {chance.choice(steps)}")
    return "\n".join(lines)


def said_wrongly(program: str, real_program: str) -> str | None:
    """What every way says wrongly about `x`, or that none of them ends; None where the program raises, or all may be right.

    An array that is empty because a loop had no turn says nothing: loops that nobody can count are taken to have some.
    """
    np.random.seed(0)
    real, error = run(real_program)
    if error is not None or getattr(real, "shape", None) == (0,):
        return None
    followed = follow(parse(Source("chain.py", program)))
    refused = [f.message for f in followed.faults if f.raises and not followed.conditions_of(f)]
    if refused:
        return refused[0]
    said = [difference(way.names.get("x"), real) for way in followed.ways]
    return said[0] if all(said) else None


@pytest.mark.parametrize("library", DRAWN)
@pytest.mark.parametrize("seed", range(3))
def test_what_is_said_of_a_chain_is_so(library: str, seed: int) -> None:
    pytest.importorskip(library)
    chance = random.Random(seed)
    for _ in range(250):
        program = chain(library, chance)
        assert not said_wrongly(program, program), program


@pytest.mark.parametrize("library", DRAWN)
@pytest.mark.parametrize("seed", range(3))
def test_what_is_said_without_some_constants_is_so_with_them(library: str, seed: int) -> None:
    pytest.importorskip(library)
    chance = random.Random(seed)
    for _ in range(250):
        found = hidden(chain(library, chance), chance, chance.choice([0.1, 0.2, 0.35]))
        if found is not None:
            assert not said_wrongly(*found), found[0]
