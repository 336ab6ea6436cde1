"""An optimizer of Keras's past.

What it does: finds `keras.optimizers.legacy` and the optimizers of `tf.compat.v1.train`.

Why is this bad: Keras 3 raises ImportError for the first, and does not take the second in `compile`.

Example:

    optimizer = keras.optimizers.legacy.Adam()

Use instead:

    optimizer = keras.optimizers.Adam()

Fix safety: safe: the new optimizers have the same names and do the same.

References: https://keras.io/api/optimizers/
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from lstmlint.edits import (
    replace,
    safe_fix,
)
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..versions import keras3

BAD = [
    """
import keras
optimizer = keras.optimizers.legacy.Adam()
""",
]
GOOD = [
    """
import keras
optimizer = keras.optimizers.Adam()
""",
]


@check("MIG007", "removed-optimizer", Severity.ERROR)
def removed_optimizer(program: Program) -> Iterator[Finding]:
    if not keras3(program):
        return
    for call in program.calls:
        if call.caught or not re.search(r"(^|\.)keras\.optimizers\.legacy\.", call.spelled):
            continue
        name = call.name.rpartition(".")[2]
        function = call.place.node.func if isinstance(call.place.node, ast.Call) else None
        place = Place(call.place.tree, function) if isinstance(function, ast.Attribute) else None
        text = place.text if place is not None else ""
        edit = replace(place, text.replace(".legacy.", ".")) if ".optimizers.legacy." in text else None
        yield Finding(
            call.place,
            f"keras.optimizers.legacy can't be used with Keras 3, and this raises ImportError. Use keras.optimizers.{name}.",
            fix=safe_fix("Leave `.legacy` out.", edit),
            key=call.place.node,
        )
    for made in program.compiles:
        optimizer = made.optimizer
        by = next(
            (c for c in program.calls if c.result is optimizer and c.name.startswith("tensorflow.compat.v1.train.")),
            None,
        )
        if by is not None:
            yield Finding(
                made.arguments.place("optimizer") or made.place,
                f"compile takes Keras's own optimizers, and raises for {by.name.rpartition('.')[2]} of TensorFlow 1. Use one of keras.optimizers.",
            )
