"""An assertion about a shape or a number of parameters that fails.

What it does: calculates both sides of `assert model.output_shape == (None, 2)`, `assert x.shape == ...` and `assert
model.count_params() == 640`.

Why is this bad: the program stops there with an AssertionError, and the model is not what its author thinks.

Example:

    model = Sequential([Input((10, 64)), LSTM(32)])
    assert model.output_shape == (None, 10, 32)

Use instead:

    model = Sequential([Input((10, 64)), LSTM(32)])
    assert model.output_shape == (None, 32)

References: https://keras.io/api/models/model/
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from lstmlint.places import Place
from lstmlint.program import Assertion, Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.shapes import same_shape
from lstmlint.values import (
    to_shape,
)

BAD = [
    """
import keras
from keras.layers import LSTM
model = keras.Sequential([keras.Input((10, 64)), LSTM(32)])
try:
    assert model.output_shape == (None, 10, 32)
except AssertionError:
    pass
""",
]
GOOD = [
    """
import os
import keras
from keras.layers import LSTM
model = keras.Sequential([keras.Input((10, 64)), LSTM(32, return_sequences=True)])
if "SEQUENCES" not in os.environ:
    model = keras.Sequential([keras.Input((10, 64)), LSTM(32)])
assert model.output_shape == (None, 32)
""",
    """
import keras
from keras.layers import LSTM
model = keras.Sequential([keras.Input((10, 64)), LSTM(32)])
assert model.output_shape == (None, 32)
assert model.count_params() == 12416
""",
]


NAMES = ("output_shape", "input_shape", "shape")


def about_keras(place: Place) -> bool:
    """Is this side a shape or a number of parameters?"""
    node = place.node
    if isinstance(node, ast.Attribute):
        return node.attr in NAMES
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("tuple", "list")
        and len(node.args) == 1
    ):
        return isinstance(node.args[0], ast.Attribute) and node.args[0].attr in NAMES
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "count_params"


@check("CLM003", "shape-assertion", Severity.WARNING)
def shape_assertion(program: Program) -> Iterator[Finding]:
    failures: dict[int, Finding] = {}
    holds: set[int] = set()  # on some way: what isn't known may decide that they do
    for way in program.ways:
        failing = {id(a.place.node): finding for a in way.assertions if (finding := _failure(a)) is not None}
        holds |= {id(a.place.node) for a in way.assertions} - failing.keys()
        failures |= failing
    for node, finding in failures.items():
        if node not in holds:
            yield finding


def _failure(claimed: Assertion) -> Finding | None:
    """What an assertion about a shape or a number of parameters says wrong."""
    if claimed.operator != "==" or about_keras(claimed.left_place) == about_keras(claimed.right_place):
        return None
    real, said = claimed.left, claimed.right
    if not about_keras(claimed.left_place):
        real, said = said, real
    if isinstance(real, int) and isinstance(said, int) and not isinstance(said, bool):
        wrong = int(real) != int(said)
    elif isinstance(real, tuple) and isinstance(said, tuple):
        left, right = to_shape(real), to_shape(said)
        none = any(a.is_none != b.is_none and not (a.is_unknown or b.is_unknown) for a, b in zip(left, right))
        wrong = len(real) != len(said) or same_shape(left, right) is False or (none and len(real) == len(said))
    else:
        wrong = False
    if not wrong:
        return None
    shown = to_shape(real) if isinstance(real, tuple) else real
    told = to_shape(said) if isinstance(said, tuple) else said
    return Finding(
        claimed.place,
        f"This assertion fails: it is {shown}, not {told}. Correct the assertion, or the model.",
        key=claimed.place.node,
    )
