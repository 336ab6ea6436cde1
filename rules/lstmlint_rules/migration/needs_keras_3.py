"""A name that only Keras 3 has, in a program for Keras 2.

What it does: compares imports and calls with the public names of both versions, where the program runs with Keras 2:
it imports `tf_keras`, sets `TF_USE_LEGACY_KERAS`, its project pins Keras below 3, or `--keras 2` says so.

Why is this bad: Python raises ImportError or AttributeError. What is imported inside of `try` is left alone.

Example:

    import tf_keras
    x = tf_keras.ops.convert_to_tensor([1.0])

Use instead:

    import tensorflow as tf
    x = tf.convert_to_tensor([1.0])

References: https://keras.io/guides/migrating_to_keras_3/
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..surroundings import parent
from ..versions import surely_keras2

BAD = [
    """
import tf_keras
x = tf_keras.ops.convert_to_tensor([1.0])
""",
    """
from tf_keras import ops
""",
    """
import tf_keras as keras
layer = keras.layers.RMSNormalization()
""",
]
GOOD = [
    """
import tensorflow as tf
import tf_keras
x = tf.convert_to_tensor([1.0])
layer = tf_keras.layers.LayerNormalization()
""",
    """
import keras
x = keras.ops.convert_to_tensor([1.0])
layer = keras.layers.RMSNormalization()
""",
    """
try:
    from tf_keras import ops
except ImportError:
    import tensorflow as ops
""",
    """
import tensorflow as tf
if tf.keras.version().startswith("3."):
    import tf_keras as keras
else:
    keras = tf.keras
layer = keras.layers.Dense(2)
""",
    """
import tf_keras
version = getattr(tf_keras, "version", None)
if version is not None and version().startswith("3."):
    tf_keras.ops.convert_to_tensor([1.0])
""",
]

INSTEAD = {
    "ops": "a function of TensorFlow's",
    "random": "tf.random",
    "tree": "tf.nest",
    "config": "keras.backend",
    "distribution": "tf.distribute",
    "Layer": "keras.layers.Layer",
    "Loss": "keras.losses.Loss",
    "Metric": "keras.metrics.Metric",
    "Optimizer": "keras.optimizers.Optimizer",
    "Initializer": "keras.initializers.Initializer",
    "Regularizer": "keras.regularizers.Regularizer",
    "InputSpec": "keras.layers.InputSpec",
    "Variable": "tf.Variable",
    "name_scope": "tf.name_scope",
    "device": "tf.device",
    "utils.PyDataset": "keras.utils.Sequence",
    "utils.clear_session": "keras.backend.clear_session",
    "utils.is_keras_tensor": "keras.backend.is_keras_tensor",
    "activations.silu": "keras.activations.swish",
    "activations.leaky_relu": "keras.layers.LeakyReLU",
    "activations.log_softmax": "tf.nn.log_softmax",
    "layers.TFSMLayer": "keras.models.load_model, which reads a SavedModel",
    "random.SeedGenerator": "tf.random.Generator",
}
"""What Keras 2 and TensorFlow have in the place of it."""


def advice(name: str) -> str:
    """What to write instead, as a sentence."""
    instead = INSTEAD.get(name.partition("keras.")[2])
    return f"Use {instead}." if instead else "Leave it out, or move the project to Keras 3."


@check("MIG015", "needs-keras-3", Severity.ERROR)
def needs_keras_3(program: Program) -> Iterator[Finding]:
    if not surely_keras2(program):
        return
    imported: list[str] = []
    for item in program.imports:
        name = program.came_with_keras_3(item.spelled)
        if name is None:
            continue
        imported.append(name)
        if not item.guarded:
            statement = (
                item.place.node if isinstance(item.place.node, ast.ImportFrom) else parent(program, item.place.node)
            )
            yield Finding(
                item.place,
                f"`{name}` came with Keras 3, and this program runs with Keras 2, so this import fails. {advice(name)}",
                key=(name, id(statement)),
            )
    for call in program.calls:
        name = program.came_with_keras_3(call.spelled) if not call.caught else None
        if name is not None and name not in imported:
            yield Finding(
                call.place,
                f"`{name}` came with Keras 3, and this program runs with Keras 2, so this raises AttributeError. {advice(name)}",
                key=call.place.node,
            )
