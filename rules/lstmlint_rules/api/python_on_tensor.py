"""A symbolic tensor is used as if it held values.

What it does: finds `for` over a tensor, `len()`, `int()` and `range()` of it, conditions on it, writes into it and `x.numpy()`, while
the model is being built, also in the `call` of a layer that Keras runs then. What is decorated with `tf.function` is left alone:
TensorFlow rewrites its `if`, `for` and `len`.

Why is this bad: Keras raises: while the model is being built a tensor has a shape, but no values. Keras 2 rewrote `if` and
`for` in a `call` into TensorFlow's operations, Keras 3 doesn't.

Example:

    if x > 0:
        y = x

Use instead:

    y = keras.ops.where(x > 0, x, 0)

References: https://keras.io/api/ops/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import SizesTensor, Tensor

BAD = [
    """
import keras
x = keras.Input((3,))
if x > 0:
    y = x
""",
    """
import keras
x = keras.Input((3,))
n = len(x)
""",
    """
import keras
x = keras.Input((3,))
for step in x:
    y = step
""",
    """
import keras
x = keras.Input((3,))
x[:, 0] = 0.0
""",
    """
import keras
x = keras.Input((3,))
values = x.numpy()
""",
    """
import keras
class Rectified(keras.layers.Layer):
    def call(self, x):
        if keras.ops.sum(x) > 0:
            return x
        return -x
y = Rectified()(keras.Input((3,)))
""",
    """
import keras
import tensorflow as tf
class Repeated(keras.layers.Layer):
    def call(self, x):
        batch, steps, features = tf.shape(x)
        return tf.zeros((batch, steps, features))
y = Repeated()(keras.Input((7, 3)))
""",
    """
import keras
import tensorflow as tf
class Steps(keras.layers.Layer):
    def call(self, x):
        total = 0.0
        for step in range(tf.shape(x)[1]):
            total += x[:, step]
        return total
y = Steps()(keras.Input((None, 3)))
""",
    """
import keras
x = keras.Input((3,))
largest = float(keras.ops.max(x))
""",
]
GOOD = [
    """
import keras
x = keras.Input((3,))
y = keras.ops.where(x > 0, x, 0.0)
n = x.shape[1]
values = x.numpy() if hasattr(x, "numpy") else None
""",
    """
import keras
import numpy as np
class Rectified(keras.layers.Layer):
    def call(self, x, mask=None):
        if mask is None and len(x.shape) == 2:
            return keras.ops.where(keras.ops.sum(x) > 0, x, -x)
        return x
y = Rectified()(keras.Input((3,)))
class OfData(keras.layers.Layer):
    def call(self, x):
        return x if keras.ops.sum(x) > 0 else -x
z = OfData()(np.ones((2, 3)))
""",
    """
import keras
import tensorflow as tf
class Steps(keras.layers.Layer):
    def call(self, x):
        sizes = tf.shape(x)
        batch, steps = tf.unstack(sizes)
        total = tf.zeros((sizes[0],)) + tf.cast(steps, "float32")
        for step in range(x.shape[1]):
            total += x[:, step]
        return total
y = Steps()(keras.Input((3,)))
""",
]


ADVICE = {
    "bool": ("decide by it", "Use keras.ops.where to choose between values."),
    "len": ("be counted", "Use x.shape[1] for the size of an axis."),
    "assign": (
        "be written into",
        "Build the new tensor instead, with keras.ops.where, keras.ops.concatenate or keras.ops.slice_update.",
    ),
    "numpy": (
        "give them as an array",
        "Call the model, or model.predict, on data and take the values of what that returns.",
    ),
    "index": ("say how far `range` goes", "Use x.shape[1] for the size of an axis that is known."),
    "int": (
        "become a number of Python's",
        "Leave it a tensor, or use x.shape[1] for the size of an axis that is known.",
    ),
    "float": ("become a number of Python's", "Leave it a tensor: keras.ops.cast changes its type."),
    "iterate": (
        "be iterated over",
        "Use keras.ops.unstack along an axis of fixed size, or a layer that works on every step.",
    ),
}


@claim("API020", "python-on-tensor", Severity.ERROR, kinds=("python-on-tensor",), specificity=-10)
def python_on_tensor(fault: Fault, program: Program) -> Finding | None:
    told, advice = ADVICE[str(fault.details.get("what"))]
    tensor = fault.details.get("tensor")
    if isinstance(tensor, SizesTensor):
        return Finding(
            fault.place,
            f"`tf.shape` gives a tensor, which has no values while the model is being built, so that it can't {told}. Take each size by its index, "
            "`tf.shape(x)[0]`, or those that are known from `x.shape`.",
            key=fault.place.node,
        )
    shape = f", {tensor.shape}," if isinstance(tensor, Tensor) else ""
    verb = "nothing can decide by it" if told == "decide by it" else f"it can't {told}"
    return Finding(
        fault.place,
        f"This tensor{shape} has no values while the model is being built, so {verb}. {advice}",
        key=fault.place.node,
    )
