"""A shape is a bare number, or the data instead of their shape.

What it does: finds `Input(10)` and `input_shape=(10)`, where the brackets make no tuple, and `Input(X)` for an array.

Why is this bad: Keras raises "Cannot convert '10' to a shape".

Example:

    keras.Input(shape=(10))

Use instead:

    keras.Input(shape=(10,))

Fix safety: safe. A shape of one size is all that a single number can mean. What an array was meant for is not guessed.

References: https://keras.io/api/layers/core_layers/input/
"""

from __future__ import annotations

import ast

from lstmlint.diagnostic import Edit
from lstmlint.edits import replace, safe_fix
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import Array

BAD = [
    """
import keras
class Scale(keras.layers.Layer):
    def build(self, shape):
        self.scale = self.add_weight(shape=(shape[-1]), initializer="ones")
    def call(self, x):
        return x * self.scale
x = keras.Input((4,))
y = Scale()(x)
""",
    """
import keras
x = keras.Input(shape=(10))
""",
    """
import keras
import numpy as np
X = np.zeros((100, 10, 3))
model = keras.Sequential([keras.layers.LSTM(4, input_shape=X)])
""",
]
GOOD = [
    """
import keras
x = keras.Input(shape=(10,))
""",
    """
import keras
import numpy as np
import tensorflow as tf
x = keras.Input(shape=tf.TensorShape([10, 3]))
model = keras.Sequential([keras.layers.Dense(2)])
model.build(tf.TensorShape([None, 3]))
y = keras.Input(np.array([10, 3]))
""",
]


def _tuple(fault: Fault) -> Edit | None:
    """`10` becomes `(10,)`, and `(10)` too."""
    place = fault.blamed[0] if fault.blamed else None
    return (
        replace(place, f"({place.text},)")
        if place is not None and place.text.isidentifier() | place.text.isdigit()
        else None
    )


@claim("SHP005", "shape-not-a-tuple", Severity.ERROR, kinds=("shape-not-a-tuple",), specificity=10)
def shape_not_a_tuple(fault: Fault, program: Program) -> Finding | None:
    value = fault.details.get("value")
    place = fault.blamed[0] if fault.blamed else fault.place
    if isinstance(value, Array):
        told = f"`{place.text}` is the data itself, {value.shape}, where the shape of one sample is wanted: `{place.text}.shape[1:]`."
        if len(place.text) > 30 or not isinstance(place.node, (ast.Name, ast.Attribute)):
            told = f"This is an array, {value.shape}, where the shape of one sample is wanted. Write the sizes without the batch axis."
        return Finding(place, told, key=fault.place.node)
    if isinstance(value, str):
        return Finding(
            place,
            f"A shape is a tuple of sizes, and {value!r} is a string. Write the sizes, such as (10, 3).",
            key=fault.place.node,
        )
    return Finding(
        fault.blamed[0] if fault.blamed else fault.place,
        f"A shape is a tuple of sizes, and {fault.got} is only a number. Write ({fault.got},), with the comma.",
        fix=safe_fix("Make it a tuple.", _tuple(fault)),
        key=fault.place.node,
    )
