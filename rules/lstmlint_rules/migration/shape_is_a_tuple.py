"""A shape is asked for what TensorFlow's shapes have, and the tuples of Keras 3 don't.

What it does: finds `x.shape.as_list()`, `x.shape.ndims`, `x.shape[1].value` and their kin on symbolic tensors, on `model.output_shape`, and on the
shape that `build` and `compute_output_shape` get. In a layer's `call` tensors are TensorFlow's, and their shapes have `as_list()`.

Why is this bad: in Keras 3 these shapes are plain tuples of numbers and None. Python raises AttributeError.

Example:

    def build(self, input_shape):
        features = input_shape[-1].value

Use instead:

    def build(self, input_shape):
        features = input_shape[-1]

Fix safety: safe: the attribute that is not there raises.

References: https://keras.io/guides/migrating_to_keras_3/
"""

from __future__ import annotations

import ast

from lstmlint.edits import replace, safe_fix
from lstmlint.faults import Fault
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

BAD = [
    """
import keras
x = keras.Input((5, 3))
steps = x.shape.as_list()[1]
""",
    """
import keras
x = keras.Input((5, 3))
features = x.shape[-1].value
axes = x.shape.ndims
""",
    """
import keras
class Scale(keras.layers.Layer):
    def build(self, input_shape):
        self.scale = self.add_weight(shape=(input_shape[-1].value,))
    def call(self, x):
        return x * self.scale
y = Scale()(keras.Input((5, 3)))
""",
    """
import keras, numpy as np
class Scale(keras.layers.Layer):
    def build(self, input_shape):
        self.scale = self.add_weight(shape=input_shape.as_list()[1:])
    def call(self, x):
        return x * self.scale
y = Scale()(np.zeros((2, 3), "float32"))
""",
    """
import keras
model = keras.Sequential([keras.Input((5, 3)), keras.layers.Dense(2)])
print(model.output_shape.as_list())
""",
]
GOOD = [
    """
import keras
import tensorflow as tf
class Scale(keras.layers.Layer):
    def build(self, input_shape):
        self.scale = self.add_weight(shape=(tf.TensorShape(input_shape).as_list()[-1],))
    def call(self, x):
        return x * self.scale * len(x.shape.as_list()) * x.shape.rank
x = keras.Input((5, 3))
y = Scale()(x)
steps = x.shape.as_list() if hasattr(x.shape, "as_list") else list(x.shape)
try:
    steps = x.shape.ndims
except AttributeError:
    steps = len(x.shape)
""",
]

INSTEAD = {"as_list": "list({})", "dims": "list({})", "ndims": "len({})", "rank": "len({})", "value": "{}"}
"""What does the same with a plain tuple, or a plain size."""


@claim("MIG020", "shape-is-a-tuple", Severity.ERROR, kinds=("no-attribute",), specificity=20)
def shape_is_a_tuple(fault: Fault, program: Program) -> Finding | None:
    node, what = fault.place.node, fault.details.get("of")
    if what is None:
        return None
    told = "a shape is a plain tuple" if what == "shape" else "the sizes in a shape are plain numbers, or None"
    whole = Place(fault.place.tree, node.value).text if isinstance(node, ast.Attribute) else ""
    right = INSTEAD[fault.got].format(whole) if whole and fault.got in INSTEAD else None
    advice = f" Write `{right}`." if right is not None and len(right) < 60 else ""
    edit = replace(fault.place, right) if right is not None and fault.got != "as_list" else None
    return Finding(
        fault.place,
        f"In Keras 3 {told}, so that `{fault.got}` raises AttributeError.{advice}",
        fix=safe_fix(f"Write `{right}`.", edit),
        key=fault.place.node,
    )
