"""A TensorFlow or NumPy function is applied to a symbolic Keras tensor.

What it does: finds such calls while a functional model is being built, outside of any layer.

Why is this bad: a KerasTensor has no values yet, and Keras 3 raises.

Example:

    y = tf.transpose(keras.Input((3, 4)))

Use instead:

    y = keras.ops.transpose(keras.Input((3, 4)))

References: https://keras.io/api/ops/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

BAD = [
    """
import keras
import tensorflow as tf
y = tf.reduce_mean(keras.Input((3, 4)), axis=1)
""",
]
GOOD = [
    """
import keras
y = keras.ops.mean(keras.Input((3, 4)), axis=1)
""",
]


@claim("API002", "tensorflow-on-keras-tensor", Severity.ERROR, kinds=("tf-on-keras-tensor",), specificity=10)
def tensorflow_on_keras_tensor(fault: Fault, program: Program) -> Finding | None:
    name = fault.subject if isinstance(fault.subject, str) else "this function"
    return Finding(
        fault.place,
        f"{name} needs values, but a Keras tensor has none while the model is being built. Use the function of keras.ops, or a layer.",
        key=fault.place.node,
    )
