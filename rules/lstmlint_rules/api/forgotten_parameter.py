"""A method of a layer or model has no `self`, or its `call` no input.

What it does: finds methods of classes that inherit from Keras's which are called with more arguments than they have parameters, because `self`, or
the input of `call`, was forgotten.

Why is this bad: Python gives the object itself as the first argument, and Keras the input as the second: TypeError.

Example:

    class Scale(keras.layers.Layer):
        def call(x):
            return x / 255

Use instead:

    class Scale(keras.layers.Layer):
        def call(self, x):
            return x / 255

References: https://keras.io/guides/making_new_layers_and_models_via_subclassing/
"""

from __future__ import annotations

import ast

from lstmlint.faults import Fault
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import External, FunctionValue

_HEAD = """
import keras
from keras.layers import Dense
"""
BAD = [
    _HEAD
    + """
class Scale(keras.layers.Layer):
    def call(x):
        return x / 255

y = Scale()(keras.Input((3,)))
""",
    _HEAD
    + """
class Scale(keras.layers.Layer):
    def call(self):
        return 1 / 255

y = Scale()(keras.Input((3,)))
""",
    _HEAD
    + """
class Net(keras.Model):
    def __init__(units):
        super().__init__()
        self.out = Dense(units)

net = Net(3)
""",
]
GOOD = [
    _HEAD
    + """
class Scale(keras.layers.Layer):
    def __init__(this, by=255.0):
        super().__init__()
        this.by = by

    def build(shape):
        pass

    def call(this, x):
        return this.scaled(x, this.by)

    @staticmethod
    def scaled(x, by):
        return x / by

y = Scale()(keras.Input((3,)))
""",
]


FITTED = ("build", "compute_mask", "compute_output_shape", "compute_output_spec")
"""What Keras gives only what it has parameters for."""


@claim("API048", "forgotten-parameter", Severity.ERROR, kinds=("call",), specificity=0)
def forgotten_parameter(fault: Fault, program: Program) -> Finding | None:
    function = fault.details.get("function")
    if (
        not isinstance(function, FunctionValue)
        or function.owner is None
        or " positional arguments but " not in fault.message
    ):
        return None
    if function.name in FITTED:
        return None
    above = [base for base in function.owner.mro() if isinstance(base, External)]
    node = function.node
    if (
        not isinstance(node, ast.FunctionDef)
        or node.decorator_list
        or not any(base.name.startswith("keras.") for base in above)
    ):
        return None
    names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
    name = f"{function.owner.name}.{function.name}"
    if names == ["self"] and function.name == "call":
        told = f"`{name}` takes no input, but Keras gives it one: TypeError. Write def call(self, inputs)."
    elif not names or names[0] not in ("self", "cls", "this"):
        told = f"`{name}` has no `self`, which Python gives to every method first: TypeError. Write def {function.name}({', '.join(['self', *names])})."
    else:
        return None
    return Finding(
        fault.place, told, related=(("it is defined here", Place(function.tree, node)),), key=("forgotten-parameter", id(node))
    )  # fmt: skip
