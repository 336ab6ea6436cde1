"""A layer is made inside of `call`.

What it does: finds layers with weights that a model's or layer's `call` method makes each time it runs.

Why is this bad: each call makes new weights that no training ever sees again. Under `fit` TensorFlow raises:
variables may be made only by the first call.

Example:

    class Net(keras.Model):
        def call(self, x):
            return Dense(1)(x)

Use instead:

    class Net(keras.Model):
        def __init__(self):
            super().__init__()
            self.dense = Dense(1)

        def call(self, x):
            return self.dense(x)

References: https://keras.io/guides/making_new_layers_and_models_via_subclassing/
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

class Net(keras.Model):
    def call(self, x):
        return Dense(1)(x)

y = Net()(keras.Input((3,)))
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense

class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = Dense(1)

    def call(self, x):
        return self.dense(x)

y = Net()(keras.Input((3,)))
""",
]


@check("API016", "layer-in-call", Severity.WARNING)
def layer_in_call(program: Program) -> Iterator[Finding]:
    classes = {
        id(x.user_class.node): x.user_class.name
        for way in program.ways
        for x in [*way.layers, *way.models]
        if x.user_class is not None
    }
    if not classes:
        return
    for layer in program.layers:
        if layer.place is None or not (layer.weights or layer.sublayers):
            continue
        method: ast.AST | None = None
        for node in around(program, layer.place.node):
            if method is None:
                if isinstance(node, (ast.If, ast.Try, ast.Lambda)):
                    break
                if isinstance(node, ast.Assign) and any(isinstance(t, ast.Attribute) for t in node.targets):
                    break
                if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    method = node
                    if node.name != "call":
                        break
                continue
            if isinstance(node, ast.ClassDef) and id(node) in classes:
                yield Finding(
                    layer.place,
                    f"Each call of `{classes[id(node)]}` makes a new {layer.class_name} with new weights, which are never trained, and fit may refuse it. "
                    f"Make it in __init__ and call it here.",
                )
            break
