"""The size of an axis that a symbolic tensor leaves open is taken for a number.

What it does: finds sizes of a symbolic tensor's shape, such as `x.shape[0]`, that are None and are calculated with, compared, counted to, or used as
the size of an array. In a layer's `call` as well, where Keras runs it on symbolic tensors to see what comes out.

Why is this bad: Python raises TypeError. The batch is open in nearly every model, the time axis wherever `Input((None, features))` says so.

Example:

    x = keras.Input((None, 3))
    y = Reshape((x.shape[1] * 3,))(x)

Use instead:

    x = keras.Input((None, 3))
    y = Reshape((-1,))(x)

References: https://keras.io/api/ops/core/#shape-function
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

BAD = [
    """
import keras
x = keras.Input((None, 3))
y = keras.layers.Reshape((x.shape[1] * 3,))(x)
""",
    """
import keras
x = keras.Input((None, 3))
batch, steps, features = x.shape
for step in range(steps):
    print(step)
""",
    """
import keras, numpy as np
x = keras.Input((5, 3))
start = np.zeros((x.shape[0], 8))
""",
    """
import keras
class Halves(keras.layers.Layer):
    def call(self, x):
        half = x.shape[1] // 2
        return x[:, :half]
y = Halves()(keras.Input((None, 3)))
""",
    """
import keras
class Positions(keras.layers.Layer):
    def build(self, input_shape):
        steps = input_shape[1]
        self.table = self.add_weight(shape=(steps + 1, 3))
    def call(self, x):
        return x
y = Positions()(keras.Input((None, 3)))
""",
    """
import keras
tokens = keras.Input((None,), dtype="int32")
positions = keras.ops.arange(keras.ops.shape(tokens)[1])
""",
]
GOOD = [
    """
import keras, numpy as np
x = keras.Input((None, 3))
steps = x.shape[1]
known = steps * 3 if steps is not None else -1
steps = 4
start = np.zeros((steps, x.shape[2] * 3))
y = keras.layers.Reshape((-1,))(x)
z = keras.layers.Dense(x.shape[2] * 2)(x)
""",
    """
import keras
class Halves(keras.layers.Layer):
    def call(self, x):
        half = keras.ops.shape(x)[1] // 2
        return x[:, :half]
y = Halves()(keras.Input((None, 3)))
""",
    """
import keras, numpy as np
class Halves(keras.layers.Layer):
    def call(self, x):
        return x[:, : x.shape[1] // 2], x.shape[0] * 2
halves, twice = Halves()(np.zeros((2, 4, 3)))
class Stated(Halves):
    def compute_output_shape(self, shape):
        return shape
y = Stated()(keras.Input((None, 3)))
""",
]


@claim("SHP030", "open-axis-as-number", Severity.ERROR, kinds=("none-as-size",), specificity=0)
def open_axis_as_number(fault: Fault, program: Program) -> Finding | None:
    shape = fault.details.get("shape")
    told = f"the shape {shape} leaves this axis open: its size is None" if shape else "the size of this axis is None"
    instead = "Use keras.ops.shape(x), which gives the number when data come" if fault.details.get("inside") else ""
    advice = (
        instead
        or "Fix the size in the Input, or leave it to the layer (`Reshape((-1,))`, a layer of your own with keras.ops.shape in its `call`)"
    )
    return Finding(
        fault.place,
        f"While the model is being built {told}, which {fault.details.get('what', 'this')} can't take for a number. {advice}.",
        key=fault.details.get("key", fault.place.node),
    )
