"""A model or layer of one's own has no `call`.

What it does: finds models and layers that are used and whose classes have no `call`: they have a `forward`, PyTorch's name for it, or the method is
within `__init__`, or missing.

Why is this bad: Keras raises NotImplementedError: the method that Keras runs is named `call`.

Example:

    class Net(keras.Model):
        def forward(self, x):
            return x

Use instead:

    class Net(keras.Model):
        def call(self, x):
            return x

References: https://keras.io/guides/making_new_layers_and_models_via_subclassing/
"""

from __future__ import annotations

import ast

from lstmlint.faults import Fault
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import (
    ClassValue,
    FunctionValue,
)

BAD = [
    """
import keras

class Net(keras.Model):
    def forward(self, x):
        return x

y = Net()(keras.Input((3,)))
""",
    """
import keras, numpy as np

class Twice(keras.layers.Layer):
    def __init__(self):
        super().__init__()

        def call(self, x):
            return x * 2

y = Twice()(np.ones((2, 3)))
""",
    """
import keras, numpy as np

class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = keras.layers.Dense(2)

net = Net()
net.compile("sgd", "mse")
net.fit(np.zeros((4, 3)), np.zeros((4, 2)), verbose=0)
""",
]
GOOD = [
    """
import keras

class Net(keras.Model):
    def call(self, x):
        return x

y = Net()(keras.Input((3,)))
""",
    """
import keras, numpy as np

class Twice(keras.layers.Layer):
    def forward(self, x):
        return x * 2

model = keras.Sequential([keras.Input((3,)), Twice()])
twice = Twice()
twice.call = twice.forward
y = twice(np.ones((2, 3)))
""",
]


@claim("API018", "forward-for-call", Severity.ERROR, kinds=("no-call",), specificity=0)
def forward_for_call(fault: Fault, program: Program) -> Finding | None:
    cls = fault.subject.user_class
    if cls is None:
        return None  # the bare Wrapper of Keras
    own = [base for base in cls.mro() if isinstance(base, ClassValue)]
    forward = next((f for base in own if isinstance(f := base.attributes.get("forward"), FunctionValue)), None)
    if forward is not None:
        has, advice = "has a `forward` but no `call`", "Name it `call`."
        what, node = "this method is never run", Place(forward.tree, forward.node)
    else:
        has, advice = "has no `call`", "Give it one, which says what becomes of the inputs."
        what, node = "this class has none", Place(cls.tree, cls.node)
        within = next((n for base in own if (n := _within_initialiser(base)) is not None), None)
        if within is not None:
            advice, what = (
                "This one is within `__init__`: take it out of there, one level to the left.",
                "this function is never run",
            )
            node = Place(cls.tree, within)
    return Finding(
        fault.place,
        f"`{cls.name}` {has}, which is the method that Keras runs, so this raises NotImplementedError. {advice}",
        related=((what, node),) if node.tree is program.tree else (),
        key=fault.place.node,
    )


def _within_initialiser(cls: ClassValue) -> ast.FunctionDef | None:
    """The `def call` that was indented too far."""
    initialiser = cls.attributes.get("__init__")
    body = initialiser.node.body if isinstance(initialiser, FunctionValue) else ()
    return next((n for n in body if isinstance(n, ast.FunctionDef) and n.name == "call"), None)
