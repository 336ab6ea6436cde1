"""A layer or model doesn't call `super().__init__()`.

What it does: finds classes that inherit from a Keras layer or model, whose `__init__` never calls that of the base
class, and that are used.

Why is this bad: Keras raises "you forgot to call `super().__init__()`": the base class keeps track of weights and
sublayers.

Example:

    class Net(keras.Model):
        def __init__(self):
            self.dense = Dense(1)

Use instead:

    class Net(keras.Model):
        def __init__(self):
            super().__init__()
            self.dense = Dense(1)

References: https://keras.io/guides/making_new_layers_and_models_via_subclassing/
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    ClassValue,
    FunctionValue,
    Unknown,
)

BAD = [
    """
import keras
from keras.layers import Dense

class Net(keras.layers.Layer):
    def __init__(self):
        self.dense = Dense(1)

    def call(self, x):
        return self.dense(x)

y = Net()(keras.Input((3,)))
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense

class Net(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.dense = Dense(1)

    def call(self, x):
        return self.dense(x)

y = Net()(keras.Input((3,)))
""",
]


def own_initialiser(cls: ClassValue) -> FunctionValue | None:
    """The `__init__` that runs, when all classes in between are the program's own."""
    for base in cls.mro():
        if isinstance(base, Unknown):
            return None
        if isinstance(base, ClassValue):
            found = base.attributes.get("__init__")
            if found is not None:
                return found if isinstance(found, FunctionValue) else None
    return None


@check("API017", "missing-super-init", Severity.ERROR)
def missing_super_init(program: Program) -> Iterator[Finding]:
    seen: set[int] = set()
    for call in program.layer_calls:
        cls = call.layer.user_class
        if cls is None or id(cls) in seen or not (cls.external_base or "").startswith("keras."):
            continue
        seen.add(id(cls))
        function = own_initialiser(cls)
        if function is None or function.tree is not program.tree or any(isinstance(b, Unknown) for b in cls.mro()):
            continue
        calls_base = any(
            (isinstance(n, ast.Name) and n.id == "super") or (isinstance(n, ast.Attribute) and n.attr == "__init__")
            for n in ast.walk(function.node)
        )
        if not calls_base and not getattr(function.node, "decorator_list", None):
            yield Finding(
                call.place,
                f"`{cls.name}.__init__` never calls the __init__ of its base class, and Keras refuses to use such an object. "
                f"Begin it with super().__init__().",
                related=((f"`{cls.name}` is defined here", Place(function.tree, function.node)),),
                key=call.place.node,
            )
