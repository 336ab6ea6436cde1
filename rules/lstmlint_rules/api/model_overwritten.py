"""The model's name is given to what a method of the model returns.

What it does: finds `model = model.compile(...)`, `model = model.fit(...)` and the like, followed by a use of `model`
as a model.

Why is this bad: `compile`, `add`, `summary` and `build` return None, and `fit` returns a History. The next line
raises AttributeError.

Example:

    model = model.fit(X, y)
    model.predict(X)

Use instead:

    history = model.fit(X, y)
    model.predict(X)

Fix safety: safe: without the assignment the name keeps the model.

References: https://keras.io/api/layers/recurrent_layers/
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from lstmlint.edits import (
    safe_fix,
)
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check, replace_text
from lstmlint.values import (
    ModelObject,
)

from ..surroundings import parent, statements_after

BAD = [
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model = model.compile("adam", "mse")
model.summary()
""",
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("adam", "mse")
model = model.fit(np.zeros((2, 3)), np.zeros((2, 1)), verbose=0)
model.predict(np.zeros((2, 3)))
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("adam", "mse")
history = model.fit(np.zeros((2, 3)), np.zeros((2, 1)), verbose=0)
model.predict(np.zeros((2, 3)), verbose=0)
""",
]


RETURNS = {"compile": "None", "add": "None", "summary": "None", "build": "None", "fit": "a History"}
HISTORY = ("history", "epoch", "params", "model", "validation_data")


def used_afterwards(program: Program, statement: ast.Assign, name: str, returned: str) -> ast.Attribute | None:
    """The next plain statement of the same block that takes an attribute of the name which isn't there."""
    for later in statements_after(program, statement):
        if not isinstance(later, (ast.Expr, ast.Assign, ast.Return)):
            return None
        found = [
            n
            for n in ast.walk(later)
            if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name) and n.value.id == name
        ]
        wrong = next((n for n in found if returned == "None" or n.attr not in HISTORY), None)
        if wrong is not None:
            return wrong
        if any(isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Store) for n in ast.walk(later)):
            return None
    return None


@check("API014", "model-overwritten", Severity.ERROR)
def model_overwritten(program: Program) -> Iterator[Finding]:
    for call in program.calls:
        owner, _, method = call.name.rpartition(".")
        if method not in RETURNS or owner not in ("keras.Model", "keras.Sequential") or call.refused is not None:
            continue
        if not isinstance(call.receiver, ModelObject) or call.receiver.user_class is not None:
            continue
        statement = parent(program, call.place.node)
        if (
            not isinstance(statement, ast.Assign)
            or statement.value is not call.place.node
            or len(statement.targets) != 1
        ):
            continue
        target, owner_node = statement.targets[0], getattr(getattr(statement.value, "func", None), "value", None)
        if not isinstance(target, ast.Name) or not isinstance(owner_node, ast.Name) or owner_node.id != target.id:
            continue
        wrong = used_afterwards(program, statement, target.id, RETURNS[method])
        if wrong is None:
            continue
        whole = Place(call.place.tree, statement)
        yield Finding(
            whole,
            f"{method}() returns {RETURNS[method]}, so `{target.id}` is no model any more, and `{target.id}.{wrong.attr}` raises. "
            f"Leave `{target.id} =` out" + (", or call it history." if method == "fit" else "."),
            related=((f"`{target.id}` is used as a model here", Place(call.place.tree, wrong)),),
            fix=safe_fix(f"Leave `{target.id} =` out.", replace_text(whole, call.place.text)),
        )
