"""Models are built in a loop and never cleared.

What it does: finds loops that build models, in files without `clear_session`.

Why is this bad: Keras keeps global state for every model that was ever built. A long search over models eats memory
and becomes slower and slower.

Example:

    for units in (8, 16, 32):
        model = build(units)

Use instead:

    for units in (8, 16, 32):
        keras.backend.clear_session()
        model = build(units)

References: https://keras.io/api/utils/config_utils/
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..surroundings import around

BAD = [
    """
import keras
from keras.layers import Dense
for units in (8, 16, 32):
    model = keras.Sequential([keras.Input((3,)), Dense(units)])
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense
for units in (8, 16, 32):
    keras.backend.clear_session()
    model = keras.Sequential([keras.Input((3,)), Dense(units)])
""",
]


@check("PRF007", "models-in-loop", Severity.INFO)
def models_in_loop(program: Program) -> Iterator[Finding]:
    if any(c.name.endswith(".clear_session") for c in program.calls):
        return
    for site in program.models:
        for node in around(program, site.place.node):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
                break
            if isinstance(node, (ast.For, ast.While)):
                yield Finding(
                    site.place,
                    "Each turn of this loop builds a model, and Keras keeps something of every one. Call keras.backend.clear_session() at the "
                    "beginning of a turn to give it back.",
                )
                break
