"""A tensor of TensorFlow is used as if it were a NumPy array.

What it does: finds methods that only NumPy's arrays have (`reshape`, `astype`, `argmax`, `mean`, `T`) on tensors that TensorFlow's functions
have made, or a dataset gives.

Why is this bad: TensorFlow raises AttributeError. Its tensors have few methods: what can be done with them are functions of `tf`.

Example:

    x = tf.constant(samples)
    x = x.astype("float32").reshape(-1, 10, 1)

Use instead:

    x = tf.constant(samples)
    x = tf.reshape(tf.cast(x, "float32"), (-1, 10, 1))

References: https://www.tensorflow.org/guide/tensor
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..training import named

_HEAD = """
import keras
import numpy as np
import tensorflow as tf
x = tf.constant(np.zeros((8, 10)))
"""
BAD = [
    _HEAD + "x = x.reshape(8, 10, 1)\n",
    _HEAD + "classes = tf.cast(x, 'float32').argmax(axis=1)\n",
    _HEAD + "rows = x[:4].astype('int32')\n",
    _HEAD + "turned = (x + 1).T\n",
    _HEAD + "for batch in tf.data.Dataset.from_tensor_slices(np.zeros((8, 10))).batch(4):\n    print(batch.mean())\n",
]
GOOD = [
    _HEAD + "x = tf.reshape(x, (8, 10, 1))\nclasses = tf.argmax(x, axis=1)\n",
    _HEAD + "x = x.numpy().reshape(8, 10, 1)\n",
    _HEAD
    + "for batch in tf.data.Dataset.from_tensor_slices(np.zeros((8, 10))).as_numpy_iterator():\n    print(batch.mean())\n",
    _HEAD + "x = x.reshape(8, 10, 1) if hasattr(x, 'reshape') else tf.reshape(x, (8, 10, 1))\n",
    _HEAD + "try:\n    x = x.reshape(8, 10, 1)\nexcept AttributeError:\n    x = tf.reshape(x, (8, 10, 1))\n",
]


@claim("DAT040", "tensor-is-no-array", Severity.ERROR, kinds=("no-attribute",), specificity=20)
def tensor_is_no_array(fault: Fault, program: Program) -> Finding | None:
    if fault.subject != "tensorflow.Tensor":
        return None
    name, what = fault.got, named(fault.details["array"], "This")
    function = FUNCTIONS.get(name)
    other = f"Write {function}, or" if function is not None else "First"
    return Finding(
        fault.place,
        f"{what} is a tensor of TensorFlow, which has no `{name}`, so that this raises AttributeError. {other} take its array: .numpy().{name}.",
        key=fault.place.node,
    )


FUNCTIONS = {
    "reshape": "tf.reshape(x, shape)", "flatten": "tf.reshape(x, [-1])", "ravel": "tf.reshape(x, [-1])", "astype": "tf.cast(x, dtype)",
    "T": "tf.transpose(x)", "transpose": "tf.transpose(x)", "squeeze": "tf.squeeze(x)", "argmax": "tf.argmax(x, axis)",
    "argmin": "tf.argmin(x, axis)", "sum": "tf.reduce_sum(x)", "mean": "tf.reduce_mean(x)", "max": "tf.reduce_max(x)", "min": "tf.reduce_min(x)",
    "size": "tf.size(x)", "clip": "tf.clip_by_value(x, low, high)", "round": "tf.round(x)", "repeat": "tf.repeat(x, times)",
}  # fmt: skip
