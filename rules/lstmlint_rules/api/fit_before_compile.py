"""A model is trained that was never compiled.

What it does: finds `fit`, `evaluate` and their single-batch kin on models without a `compile` before it.

Why is this bad: Keras raises "You must call `compile()` before using the model".

Example:

    model.fit(X, y)

Use instead:

    model.compile(optimizer="adam", loss="mse")
    model.fit(X, y)

References: https://keras.io/api/models/model_training_apis/
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from lstmlint.nodes import walk
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

BAD = [
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.fit(np.zeros((4, 3)), np.zeros((4, 1)))
""",
    """
import keras
import numpy as np
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
for step in range(3):
    model.train_on_batch(np.zeros((4, 3)), np.zeros((4, 1)))
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((4, 3)), np.zeros((4, 1)), verbose=0)
""",
]


JUDGING = ("fit", "evaluate", "train_on_batch", "test_on_batch")
"""What needs a loss."""


def every_compile_followed(program: Program) -> bool:
    """Has each `.compile(...)` of the file been followed? One that wasn't may be this model's."""
    seen = {id(c.place.node) for way in program.ways for c in way.compiles}
    return all(
        id(node) in seen
        for node in walk(program.tree.module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "compile"
    )


@check("API023", "fit-before-compile", Severity.ERROR)
def fit_before_compile(program: Program) -> Iterator[Finding]:
    for use in program.uses:
        model = use.model
        if use.method not in JUDGING or use.compile is not None or model.user_class is not None:
            continue
        if (
            model.incomplete
            or model.kind not in ("Sequential", "Functional")
            or model.state.get("escaped")
            or model.approximate
        ):
            continue
        if len(program.ways) > 1 or not every_compile_followed(program):
            continue
        yield Finding(
            use.place,
            f"This model is never compiled, so that {use.method} raises. Call compile(optimizer=..., loss=...) on it first.",
            related=(("the model is made here", model.place),) if model.place else (),
            key=use.place.node,
        )
