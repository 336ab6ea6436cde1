"""A weight of one's own layer or metric gets its name by position, as in Keras 2.

What it does: finds `add_weight` calls whose first argument is a string.

Why is this bad: in Keras 3 the shape comes first and the name is a keyword, so that it raises as soon as the layer is
built, or the metric made.

Example:

    self.w = self.add_weight("w", shape=(3,))

Use instead:

    self.w = self.add_weight(name="w", shape=(3,))

Fix safety: safe: the name gets its keyword, and so does a shape that follows it.

References: https://keras.io/api/layers/base_layer/
"""

from __future__ import annotations

import ast

from lstmlint.edits import insert_before, safe_fix
from lstmlint.faults import Fault
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

BAD = [
    """
import keras
class Scale(keras.layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight("w", shape=(input_shape[-1],), initializer="ones")
    def call(self, x):
        return x * self.w
y = Scale()(keras.Input((3,)))
""",
    """
import keras
class Scale(keras.layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight("w", (input_shape[-1],), initializer="ones")
    def call(self, x):
        return x * self.w
y = Scale()(keras.Input((3,)))
""",
    """
import keras
class Hits(keras.metrics.Metric):
    def __init__(self):
        super().__init__()
        self.total = self.add_weight("total", initializer="zeros")
    def update_state(self, y_true, y_pred, sample_weight=None):
        self.total.assign_add(keras.ops.sum(y_true * y_pred))
    def result(self):
        return self.total
metric = Hits()
""",
]
GOOD = [
    """
import keras
class Scale(keras.layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight(name="w", shape=(input_shape[-1],), initializer="ones")
    def call(self, x):
        return x * self.w
y = Scale()(keras.Input((3,)))
""",
    """
import keras
class Hits(keras.metrics.Metric):
    def __init__(self):
        super().__init__()
        self.total = self.add_weight(name="total", initializer="zeros")
        self.count = self.add_weight((), "zeros")
    def update_state(self, y_true, y_pred, sample_weight=None):
        self.total.assign_add(keras.ops.sum(y_true * y_pred))
        self.count.assign_add(1.0)
    def result(self):
        return self.total / self.count
metric = Hits()
metric.update_state(keras.ops.ones((3,)), keras.ops.ones((3,)))
print(float(metric.result()))
""",
]


@claim("MIG018", "weight-name-by-position", Severity.ERROR, kinds=("name-by-position",), specificity=10)
def weight_name_by_position(fault: Fault, program: Program) -> Finding | None:
    node, word = fault.place.node, fault.details.get("word")
    given = node.args if isinstance(node, ast.Call) and len(node.args) <= len(NAMES) else []
    edits = [insert_before(Place(fault.place.tree, argument), f"{name}=") for argument, name in zip(given, NAMES)]
    return Finding(
        fault.blamed[0] if fault.blamed else fault.place,
        f'{fault.details["method"]} takes the shape first in Keras 3 and gets the name "{word}" there, so this raises ValueError. Write name="{word}".',
        fix=safe_fix("Give the arguments their keywords.", *edits),
        key=fault.place.node,
    )


NAMES = ("name", "shape")
"""The order of the first arguments in Keras 2."""
