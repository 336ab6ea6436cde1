"""An array is reshaped to a shape that holds another number of values, or that None stands in.

What it does: compares the number of values of a NumPy array, or a tensor of TensorFlow, with what `reshape` asks for, where both are known.

Why is this bad: NumPy raises: reshape only arranges the values anew. It often meets windows that were cut from one column
and are reshaped as if they had all of them.

Example:

    window = data[i:i + look_back, 0]                     # one column
    X = np.array(windows).reshape(-1, look_back, 3)

Use instead:

    window = data[i:i + look_back]                        # all three
    X = np.array(windows)

References: https://numpy.org/doc/stable/reference/generated/numpy.reshape.html
"""

from __future__ import annotations

from lstmlint.diagnostic import ShapePair
from lstmlint.dims import Dim, same
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.shapes import Shape
from lstmlint.values import Array

from ..evidence import label
from ..training import named

BAD = [
    """
import keras
import numpy as np
data = np.random.rand(100, 3)
X = np.array([data[i:i + 5, 0] for i in range(95)])
X = np.reshape(X, (X.shape[0], 5, 3))
""",
    """
import keras
import numpy as np
X = np.zeros((353, 10)).reshape(-1, 8, 1)
""",
    """
import keras
import numpy as np
X = np.zeros((353, 10)).reshape(-1, -1, 1)
""",
    """
import keras
import numpy as np
X = np.zeros((353, 10)).reshape(None, 10, 1)
""",
    """
import keras
import numpy as np
import tensorflow as tf
def prepare(image, label):
    return tf.reshape(image, (28 * 29,)), label
batches = tf.data.Dataset.from_tensor_slices((np.zeros((8, 28, 28)), np.zeros(8))).map(prepare).batch(4)
""",
]
GOOD = [
    """
import keras
import numpy as np
data = np.random.rand(100, 3)
X = np.array([data[i:i + 5] for i in range(95)])
X = np.reshape(X, (X.shape[0], 5, 3))
""",
    """
import keras
import numpy as np
X = np.zeros((353, 10)).reshape(-1, 5, 1)
""",
    """
import keras
import numpy as np
import tensorflow as tf
def prepare(image, label):
    return tf.reshape(image, (28 * 28,)), label
batches = tf.data.Dataset.from_tensor_slices((np.zeros((8, 28, 28)), np.zeros(8))).map(prepare).batch(4)
""",
]


@claim("DAT030", "array-reshape-size", Severity.ERROR, kinds=("reshape", "none-for-size"), specificity=0)
def array_reshape_size(fault: Fault, program: Program) -> Finding | None:
    if fault.subject == "tensorflow.reshape":
        return _of_tensor(fault)
    if fault.kind == "none-for-size":
        return Finding(
            fault.place,
            "NumPy takes no None for a size and raises: None is Keras's word for an axis of any size. Write -1 for the size that NumPy is to work out.",
            key=fault.place.node,
        )
    array, wanted = fault.details.get("array"), fault.details.get("wanted")
    if not isinstance(array, Array) or array.type_name != "numpy.ndarray" or not wanted:
        return None
    if sum(d.known == -1 for d in wanted) > 1:
        told = "One size at most may be left to NumPy with -1, so that it raises. Say all the others."
        return Finding(fault.place, told, key=fault.place.node)
    given = f"{named(array, 'The array')}, {array.shape},"
    asked = f"({', '.join(label(d) for d in wanted)}{',' if len(wanted) == 1 else ''})"
    free = any(d.known == -1 for d in wanted)
    needed = f"needs {fault.required.split(' elements')[0]}" + ("" if free else " of them")
    return Finding(
        fault.place,
        f"{given} has {array.shape.size()} values, and {asked} {needed}, so that NumPy raises. {_advice(array, wanted, free)}",
        shapes=ShapePair(fault.required, fault.got),
        related=(("the array is made here", array.place),) if array.place is not None else (),
        key=fault.place.node,
    )


def _of_tensor(fault: Fault) -> Finding | None:
    """`tf.reshape(x, shape)`, also where a data set is mapped."""
    shapes = fault.details.get("shapes")
    if not shapes or not isinstance(shapes[0], Shape) or shapes[0].size().known is None:
        return None
    return Finding(
        fault.place,
        f"The tensor, {shapes[0]}, has {shapes[0].size()} values, and {fault.got} makes another number of them, so that TensorFlow raises. "
        "Make the products equal, or leave one size to TensorFlow with -1.",
        shapes=ShapePair(fault.required, fault.got),
        key=fault.place.node,
    )


def _advice(array: Array, wanted: tuple[Dim, ...], free: bool) -> str:
    rows, steps = array.shape.get(0), array.shape.get(1)
    kept = len(wanted) == 3 and (same(rows, wanted[0]) or wanted[0].known == -1) and same(steps, wanted[1])
    if array.shape.rank == 2 and kept and wanted[2].known != 1:
        return (
            f"There is one value for each of the {steps} steps, so that (..., {steps}, 1) fits. For {wanted[2]} columns, cut the windows from "
            "all columns, without the index of one."
        )
    if free:
        return "The sizes beside -1 must divide the number of values."
    return "Make the products equal, or leave one size to NumPy with -1."
