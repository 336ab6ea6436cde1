"""Tensors are added, multiplied or compared whose shapes can't be broadcast together.

What it does: compares the shapes that operators and functions such as `tf.add` get, of tensors with data and of symbolic
ones, in the program itself and in the `call` of its layers.

Why is this bad: TensorFlow and Keras raise. Counted from the right, sizes must be equal or 1. In attention it is the
forgotten axis: a query (batch, units) beside values (batch, timesteps, units).

Example:

    score = tf.nn.tanh(self.W1(query) + self.W2(values))

Use instead:

    score = tf.nn.tanh(self.W1(tf.expand_dims(query, 1)) + self.W2(values))

References: https://www.tensorflow.org/xla/broadcasting
"""

from __future__ import annotations

from lstmlint.diagnostic import ShapePair
from lstmlint.dims import Dim, same
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.shapes import Shape
from lstmlint.values import Array

from ..evidence import subject_name

_ATTENTION = """
import keras
import tensorflow as tf
class Attention(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.W1, self.W2, self.V = keras.layers.Dense(units), keras.layers.Dense(units), keras.layers.Dense(1)
    def call(self, query, values):
        return self.V(tf.nn.tanh({} + self.W2(values)))
score = Attention(4)(tf.zeros((3, 6)), tf.zeros((3, 5, 6)))
"""
BAD = [
    _ATTENTION.format("self.W1(query)"),
    """
import keras
both = keras.Input((3, 4)) + keras.Input((5, 4))
""",
    """
import keras
import tensorflow as tf
both = tf.multiply(tf.zeros((3, 4)), tf.ones((3, 3)))
""",
]
GOOD = [
    _ATTENTION.format("self.W1(tf.expand_dims(query, 1))"),
    """
import keras
both = keras.Input((3, 4)) + keras.Input((1, 4))
""",
    """
import keras
import tensorflow as tf
both = tf.multiply(tf.zeros((3, 4)), tf.ones((3, 1)))
""",
]


@claim("SHP029", "tensors-do-not-broadcast", Severity.ERROR, kinds=("broadcast",), specificity=0)
def tensors_do_not_broadcast(fault: Fault, program: Program) -> Finding | None:
    subject = fault.subject
    if not isinstance(subject, str) or not subject.startswith(("keras.", "tensorflow.")):
        return None
    given = fault.details.get("shapes") or fault.details.get("arrays") or ()
    shapes = [value.shape if isinstance(value, Array) else value for value in given]
    function = "tf.expand_dims" if subject.startswith("tensorflow.") else "keras.ops.expand_dims"
    whole = not fault.required.startswith("leading")  # the other two axes of a matrix product have rules of their own
    advice = _advice(shapes, function) if whole else "Sizes must be equal, or one of the two 1."
    return Finding(
        fault.place,
        f"{subject_name(fault)} refuses this: it needs {fault.required} but gets {fault.got}. {advice}",
        shapes=ShapePair(fault.required, fault.got),
        key=fault.details.get("key", fault.place.node),
    )


def _advice(shapes: list[Shape], function: str) -> str:
    """The axis that one of the two lacks, where one in the middle lets them fit."""
    fewer, more = sorted(shapes, key=lambda s: s.rank or 0) if len(shapes) == 2 else (None, None)
    if fewer is not None and more is not None and fewer.dims and more.rank == len(fewer.dims) + 1:
        for axis in range(1, more.rank):
            grown = fewer.insert(axis, Dim(1))
            if all(same(a, b) or (a.is_none and b.is_none) for a, b in zip(grown.remove(axis), more.remove(axis))):
                return f"{function}(..., {axis}) makes {grown} of {fewer}, which fits."
    return "Counted from the right, sizes must be equal, or one of the two 1."
