"""A method of models that Keras 3 no longer has.

What it does: recognises predict_classes, fit_generator, reset_states, add_update and their kin on Keras models and layers, and what the variables of
TensorFlow have but those of Keras 3 don't, such as `layer.kernel.get_shape()`.

Why is this bad: Python raises AttributeError.

Example:

    classes = model.predict_classes(x)

Use instead:

    classes = model.predict(x).argmax(axis=-1)

Fix safety: safe. `fit`, `evaluate` and `predict` take generators; arguments that were given by position get their names, and those that
only said how batches are loaded (`workers`, `max_queue_size`, `use_multiprocessing`) are left out.

References: https://keras.io/guides/migrating_to_keras_3/
"""

from __future__ import annotations

import ast

from lstmlint.diagnostic import Edit
from lstmlint.edits import insert_before, remove_keywords, rename_attribute, rename_keyword, safe_fix
from lstmlint.faults import Fault
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import Array, Tensor

from ..evidence import subject_name

BAD = [
    """
import keras
class Count(keras.layers.Layer):
    def build(self, shape):
        self.seen = self.add_weight(shape=(), trainable=False)
    def call(self, x):
        self.add_update([(self.seen, self.seen + 1)])
        return x
model = keras.Sequential([keras.Input((3,)), Count()])
""",
    """
import keras, numpy as np
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, activation="softmax")])
classes = model.predict_classes(np.zeros((4, 3)))
""",
    """
import keras, numpy as np
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, activation="softmax")])
model.compile("adam", "categorical_crossentropy")
def batches():
    while True:
        yield np.zeros((4, 3)), np.ones((4, 2)) / 2
model.fit_generator(generator=batches(), steps_per_epoch=3, verbose=0, workers=2, use_multiprocessing=False)
model.fit_generator(batches(), 3, 2, max_queue_size=4, workers=2, verbose=0)
model.evaluate_generator(batches(), 3)
model.predict_generator(batches(), steps=3)
""",
    """
import keras, numpy as np
from keras.layers import Conv2D
class Masked(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__()
        self.conv = Conv2D(**kwargs)
    def build(self, input_shape):
        self.conv.build(input_shape)
        self.mask = np.ones(self.conv.kernel.get_shape())
    def call(self, x):
        return self.conv(x)
x = Masked(filters=4, kernel_size=3)(keras.Input((8, 8, 1)))
""",
    """
import keras
layer = keras.layers.Dense(3)
layer.build((None, 4))
values = layer.weights[0].eval()
""",
    """
import keras
scale = keras.Variable([1.0, 2.0])
column = scale.reshape((2, 1))
""",
]
GOOD = [
    """
import keras, numpy as np
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, activation="softmax")])
classes = model.predict(np.zeros((4, 3))).argmax(axis=-1)
""",
    """
import keras, numpy as np
layer = keras.layers.Dense(3)
layer.build((None, 4))
kernel = layer.kernel
total = np.ones((2, 4)) @ kernel.numpy() @ kernel.numpy().T
square = (kernel * 2).get_shape(), keras.ops.abs(kernel).get_shape(), np.abs(kernel).T, kernel.value.get_shape(), kernel[0].get_shape()
size = kernel.shape.as_list() if not hasattr(kernel, "get_shape") else kernel.get_shape()
turned = [w.T for w in layer.get_weights()], kernel.assign(np.zeros((4, 3)))
""",
    """
import tensorflow as tf
value = tf.Variable([1.0, 2.0])
shape, now = value.get_shape(), value.read_value()
""",
]

NOW = {
    "predict_classes": "model.predict(x).argmax(axis=-1) after softmax, (model.predict(x) > 0.5).astype(int) after sigmoid",
    "predict_proba": "model.predict(x)",
    "fit_generator": "model.fit(generator, ...)",
    "evaluate_generator": "model.evaluate(generator)",
    "predict_generator": "model.predict(generator)",
    "output_shape": "layer.output.shape",
    "input_shape": "layer.input.shape",
    "get_shape": "x.shape",
    "get_output_at": "layer.output",
    "get_input_at": "layer.input",
    "get_output_shape_at": "layer.output.shape",
    "get_input_shape_at": "layer.input.shape",
    "add_update": "self.variable.assign(value), in `call`",
    "eval": "variable.numpy()",
    "read_value": "variable.numpy()",
    "set_shape": "variable.shape, which stays as it is",
    "initial_value": "variable.numpy() before anything has trained it",
    "initialized_value": "variable.numpy() before anything has trained it",
    **{
        name: f"variable.numpy().{name}"
        for name in (
            "T",
            "astype",
            "flatten",
            "item",
            "max",
            "mean",
            "min",
            "reshape",
            "size",
            "sum",
            "tolist",
            "transpose",
        )
    },
    "to_yaml": "model.to_json()",
    "reset_states": "layer.reset_states() on each stateful recurrent layer",
}


PARAMETERS = {
    "fit_generator": (
        "generator", "steps_per_epoch", "epochs", "verbose", "callbacks", "validation_data", "validation_steps"
    ),
    "evaluate_generator": ("generator", "steps"),
    "predict_generator": ("generator", "steps"),
}  # fmt: skip
"""What was given by position to the methods for generators, in Keras 2.3."""
DROPPED = {"workers", "max_queue_size", "use_multiprocessing"}
"""Arguments that only said how batches are loaded: a keras.utils.PyDataset's own matter now."""
OLD = {"samples_per_epoch", "nb_epoch", "nb_val_samples", "val_samples", "nb_worker"}
"""Arguments of Keras 1, whose values mean something else now."""


@claim("MIG002", "removed-method", Severity.ERROR, kinds=("no-attribute",), specificity=10)
def removed_method(fault: Fault, program: Program) -> Finding | None:
    if fault.got not in NOW or "meant" in fault.details:
        return None
    node = fault.place.node
    plain = fault.got.removesuffix("_generator") if fault.got in PARAMETERS else None
    edits = _for_generators(fault.place, node, fault.got) if plain is not None and isinstance(node, ast.Call) else []
    name = "KerasTensor" if isinstance(fault.subject, Tensor) else subject_name(fault)
    if isinstance(fault.subject, Array):
        name = "Variable"
    return Finding(
        fault.place,
        f"Keras 3's {name} has no `{fault.got}` any more, so this raises AttributeError. Write {NOW[fault.got]}.",
        fix=safe_fix(f"Write `{plain}`.", *edits),
        key=fault.place.node,
    )


def _for_generators(call: Place, node: ast.Call, name: str) -> list[Edit | None]:
    """`fit_generator(generator, 10, 2)` as `fit(generator, steps_per_epoch=10, epochs=2)`; no edits where that isn't the same."""
    positional = PARAMETERS.get(name, ())
    given = {k.arg for k in node.keywords}
    if (
        not isinstance(node.func, ast.Attribute)
        or given & OLD
        or len(node.args) > len(positional)
        or any(isinstance(argument, ast.Starred) for argument in node.args)
    ):
        return []
    edits = [rename_attribute(call, name, name.removesuffix("_generator"))]
    if "generator" in given:
        edits.append(rename_keyword(call, "generator", "x"))
    for word, argument in zip(positional[1:], node.args[1:]):
        edits.append(insert_before(Place(call.tree, argument), f"{word}="))
    return [*edits, *remove_keywords(call, DROPPED)]
