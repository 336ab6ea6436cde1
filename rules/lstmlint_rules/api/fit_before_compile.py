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
from lstmlint.program import OTHER_LAYERS, Program, Record, Use
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
    """
import os
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
if os.environ.get("DEEP"):
    model.add(Dense(1))
model.fit(np.zeros((4, 3)), np.zeros((4, 1)))
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
    """
import os
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
if os.environ.get("FAST"):
    model.compile("sgd", "mse")
else:
    model.compile("adam", "mse")
model.fit(np.zeros((4, 3)), np.zeros((4, 1)), verbose=0)
""",
    """
import keras
from keras.layers import Dense
class Forecast:
    def __init__(self):
        self.model = keras.Sequential([keras.Input((3,)), Dense(1)])
    def train(self, X, y):
        self.model.fit(X, y)
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


def _is_surely_plain(way: Record, use: Use) -> bool:
    """Is a model used that was not compiled, as far as this way goes, and that nobody else can have compiled?"""
    model = use.model
    known = model.user_class is None or not model.user_class.defines("compile", use.method)
    whole = model.incomplete in (None, OTHER_LAYERS) and not model.state.get("escaped") and not model.approximate
    if use.compile is not None or not known or not whole:
        return False
    function = getattr(use.place.node, "func", None)
    kept = not (isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name))
    own = way.uncalled is None or any(model is made for made in way.models[: way.uncalled])
    return own or not kept  # whoever calls a method that nobody calls here may reach the object's model and compile it


@check("API023", "fit-before-compile", Severity.ERROR)
def fit_before_compile(program: Program) -> Iterator[Finding]:
    compiled: set[int] = set()
    for way in program.ways:
        compiled.update(id(use.place.node) for use in way.uses if not _is_surely_plain(way, use))
    for use in program.uses:
        if use.method not in JUDGING or id(use.place.node) in compiled or not every_compile_followed(program):
            continue
        model = use.model
        yield Finding(
            use.place,
            f"This model is never compiled, so that {use.method} raises. Call compile(optimizer=..., loss=...) on it first.",
            related=(("the model is made here", model.place),) if model.place else (),
            key=use.place.node,
        )
