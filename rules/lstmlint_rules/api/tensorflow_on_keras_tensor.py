"""A TensorFlow or NumPy function is applied to a symbolic Keras tensor.

What it does: finds such calls while a functional model is being built, outside of any layer's `call` (in its `compute_mask`, too), and tensors of
the model in a `call`, or a Lambda's function, that they are not given to.

Why is this bad: a KerasTensor has no values yet, and Keras 3 raises.

Example:

    y = tf.transpose(keras.Input((3, 4)))

Use instead:

    y = keras.ops.transpose(keras.Input((3, 4)))

Fix safety: safe. The function of keras.ops does the same, and takes the same arguments or the fix is not offered.

References: https://keras.io/api/ops/
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
import tensorflow as tf
marks = tf.one_hot(keras.Input((4,), dtype="int32"), 10)
""",
    """
import keras
import tensorflow as tf
class Positions(keras.layers.Layer):
    def call(self, inputs):
        return keras.ops.expand_dims(inputs, -1)
    def compute_mask(self, inputs, mask=None):
        return tf.math.not_equal(inputs, 0)
y = Positions()(keras.Input((3,)))
""",
    """
import keras
import tensorflow as tf
y = tf.reduce_mean(keras.Input((3, 4)), axis=1)
""",
    """
import keras
import numpy as np
x = keras.Input((3, 4))
y = np.mean(x, axis=1)
""",
    """
import keras
import numpy as np
x = keras.Input((3, 4))
y = np.ones((3, 4)) * x
""",
    """
import keras
import tensorflow as tf
x = keras.Input((4,))
mean = keras.layers.Dense(2)(x)
y = keras.layers.Lambda(lambda given: given + tf.exp(mean))(keras.layers.Dense(2)(x))
""",
]
GOOD = [
    """
import keras
import tensorflow as tf
x = keras.Input((4,))
mean = keras.layers.Dense(2)(x)
y = keras.layers.Lambda(lambda given: given[0] + tf.exp(given[1]))([keras.layers.Dense(2)(x), mean])
z = keras.layers.Lambda(lambda mean: tf.exp(mean) * tf.cast(tf.shape(mean)[0], mean.dtype))(mean)
""",
    """
import keras
y = keras.ops.mean(keras.Input((3, 4)), axis=1)
""",
    """
import keras
import numpy as np
x = keras.Input((3, 4))
y = x * np.ones((3, 4))
z = keras.layers.Dense(int(np.prod(x.shape[1:])))(x)
""",
]


OPS = {
    "reduce_mean": "mean", "reduce_sum": "sum", "reduce_max": "max", "reduce_min": "min", "concat": "concatenate", "expand_dims": "expand_dims",
    "squeeze": "squeeze", "reshape": "reshape", "transpose": "transpose", "matmul": "matmul", "cast": "cast", "stack": "stack", "exp": "exp",
    "square": "square", "sqrt": "sqrt", "abs": "abs", "shape": "shape", "tile": "tile", "maximum": "maximum", "minimum": "minimum",
    "zeros_like": "zeros_like", "ones_like": "ones_like", "nn.relu": "relu", "nn.softmax": "softmax", "nn.sigmoid": "sigmoid", "nn.tanh": "tanh",
    "math.log": "log", "math.exp": "exp", "einsum": "einsum", "where": "where", "split": "split", "multiply": "multiply", "add": "add",
    "subtract": "subtract", "divide": "divide", "clip_by_value": "clip", "sigmoid": "sigmoid", "tanh": "tanh",
    "equal": "equal", "not_equal": "not_equal", "math.equal": "equal", "math.not_equal": "not_equal", "math.abs": "abs", "math.square": "square",
    "math.sqrt": "sqrt", "math.reduce_mean": "mean", "math.reduce_sum": "sum", "math.reduce_max": "max", "math.reduce_min": "min", "sin": "sin",
    "cos": "cos", "math.sin": "sin", "math.cos": "cos", "roll": "roll", "one_hot": "one_hot", "stop_gradient": "stop_gradient",
    "nn.leaky_relu": "leaky_relu", "image.resize": "image.resize",
}  # fmt: skip


NUMPY_ALIKE = frozenset((
    "abs", "all", "any", "argmax", "argmin", "concatenate", "cos", "dot", "exp", "expand_dims", "log", "matmul", "max", "maximum", "mean", "min",
    "minimum", "multiply", "prod", "reshape", "sin", "sqrt", "square", "stack", "std", "subtract", "sum", "swapaxes", "tanh", "tile", "transpose",
    "var", "where", "zeros_like", "ones_like", "add", "divide", "moveaxis", "round", "sign", "hstack", "vstack", "power", "repeat",
))  # fmt: skip
"""Functions that keras.ops has under the same name and with the same first arguments."""


@claim("API002", "tensorflow-on-keras-tensor", Severity.ERROR, kinds=("tf-on-keras-tensor",), specificity=10)
def tensorflow_on_keras_tensor(fault: Fault, program: Program) -> Finding | None:
    name = str(fault.details["function"])
    if any(call.place.node is fault.place.node and call.spelled.startswith("keras.backend.") for call in program.calls):
        return None  # the plain package has no such function at all
    if name.startswith("numpy."):
        return numpy_on_keras_tensor(fault, program, name)
    if "outside" in fault.details:
        return _from_outside(fault, name)
    short = name.removeprefix("tensorflow.")
    now = OPS.get(short)
    if short.startswith("keras.backend.") and short.rpartition(".")[2] in NUMPY_ALIKE:
        now = short.rpartition(".")[2]
    node = fault.place.node
    alike = isinstance(node, ast.Call) and (now != "one_hot" or len(node.args) < 3)  # its third is another
    function = node.func if isinstance(node, ast.Call) and alike else None
    written = Place(fault.place.tree, function) if isinstance(function, ast.Attribute) else None
    return Finding(
        fault.place,
        f"tf.{short} needs values, but a Keras tensor has none while the model is being built. "
        + (
            f"Use keras.ops.{now}, or a layer."
            if now
            else "Use a function of keras.ops, or do it in a layer of your own."
        ),
        fix=safe_fix(f"Write keras.ops.{now}.", replace(written, f"keras.ops.{now}"))
        if now and imported(program)
        else None,
        key=fault.place.node,
    )


def _from_outside(fault: Fault, name: str) -> Finding:
    """A tensor of the model in the function of a Lambda, or in a `call`, that it was not given to."""
    own = fault.details["outside"]
    which = f"`{own}`" if own else "This tensor"
    short = name.replace("tensorflow.", "tf.").replace("keras.backend.", "K.")
    return Finding(
        fault.place,
        f"{which} is a tensor of the model around this layer, and not what the layer is given when data come, so that {short} refuses it. Give it to "
        "the layer as one of its inputs, and use that.",
        key=fault.place.node,
    )


def imported(program: Program) -> bool:
    """Is `keras` a name in the program?"""
    return any(item.name == "keras" and item.alias == "keras" for item in program.imports)


def numpy_on_keras_tensor(fault: Fault, program: Program, name: str) -> Finding:
    """A function of NumPy, or an operator that NumPy's array on its left decides."""
    if name.startswith("numpy.ndarray."):
        return Finding(
            fault.place,
            f"NumPy's array on the left of `{fault.details['operator']}` asks the Keras tensor for its values, but it has none while the model "
            "is being built. Put the tensor on the left, or make a tensor of the array with keras.ops.convert_to_tensor.",
            key=fault.place.node,
        )
    short = name.removeprefix("numpy.")
    same = short in NUMPY_ALIKE
    node = fault.place.node
    plain = (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and {k.arg for k in node.keywords} <= {"axis", "keepdims"}
    )
    written = Place(fault.place.tree, node.func) if isinstance(node, ast.Call) and plain else None
    return Finding(
        fault.place,
        f"np.{short} needs values, but a Keras tensor has none while the model is being built. "
        + (f"Use keras.ops.{short}." if same else "Use a function of keras.ops, or do it in a layer of your own."),
        fix=safe_fix(f"Write keras.ops.{short}.", replace(written, f"keras.ops.{short}"))
        if same and imported(program)
        else None,
        key=node,
    )
