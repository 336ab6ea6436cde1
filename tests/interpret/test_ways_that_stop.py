"""A condition that nobody knows is taken not to lead to a `raise`, also where that stands behind another condition, which is known."""

from __future__ import annotations

import pytest

from lstmlint.interpret import follow
from lstmlint.source import Source
from lstmlint.syntax import parse

PROGRAM = """
import keras
from elsewhere import name

def check(name, strict={strict}):
    if name not in ("a", "b"):
        {inner}
    return 7

model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(check(name))])
"""
INNER = {
    "else": "if not strict:\n            pass\n        else:\n            raise KeyError(name)",
    "then": "if strict:\n            raise KeyError(name)",
    "both": "if strict:\n            raise KeyError(name)\n        else:\n            raise ValueError(name)",
    "deeper": "if strict:\n            if name != 3 and strict is not None:\n                raise KeyError(name)\n            else:\n                raise ValueError(name)",
}


@pytest.mark.parametrize("inner", INNER.values(), ids=INNER)
def test_the_program_goes_on(inner: str) -> None:
    program = follow(parse(Source("model.py", PROGRAM.format(strict=True, inner=inner))))
    assert [gap.reason for way in program.ways[:1] for gap in way.gaps if "raises" in gap.reason] == []
    assert [
        layer.arguments["units"] for layer in program.ways[0].layers if layer.type_name == "keras.layers.Dense"
    ] == [7]
