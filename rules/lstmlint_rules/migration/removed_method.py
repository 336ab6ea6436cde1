"""A method of models that Keras 3 no longer has.

What it does: recognises predict_classes, fit_generator, reset_states and their kin on Keras models and layers.

Why is this bad: Python raises AttributeError.

Example:

    classes = model.predict_classes(x)

Use instead:

    classes = model.predict(x).argmax(axis=-1)

Fix safety: safe. `fit`, `evaluate` and `predict` take generators and the arguments that were given.

References: https://keras.io/guides/migrating_to_keras_3/
"""

from __future__ import annotations

import ast

from lstmlint.edits import replace, safe_fix
from lstmlint.faults import Fault
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import Tensor

from ..evidence import subject_name

BAD = [
    """
import keras, numpy as np
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, activation="softmax")])
classes = model.predict_classes(np.zeros((4, 3)))
""",
]
GOOD = [
    """
import keras, numpy as np
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, activation="softmax")])
classes = model.predict(np.zeros((4, 3))).argmax(axis=-1)
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
    "to_yaml": "model.to_json()",
    "reset_states": "layer.reset_states() on each stateful recurrent layer",
}


OLD = {
    "samples_per_epoch",
    "nb_epoch",
    "nb_val_samples",
    "val_samples",
    "workers",
    "max_queue_size",
    "use_multiprocessing",
    "nb_worker",
}
"""Arguments of the old methods that the new ones don't take."""


@claim("MIG002", "removed-method", Severity.ERROR, kinds=("no-attribute",), specificity=10)
def removed_method(fault: Fault, program: Program) -> Finding | None:
    if fault.got not in NOW:
        return None
    node = fault.place.node
    function = node.func if isinstance(node, ast.Call) else None
    plain = fault.got.removesuffix("_generator") if fault.got.endswith("_generator") else None
    simple = plain and isinstance(node, ast.Call) and not {k.arg for k in node.keywords} & OLD
    written = Place(fault.place.tree, function) if simple and isinstance(function, ast.Attribute) else None
    name = "KerasTensor" if isinstance(fault.subject, Tensor) else subject_name(fault)
    edit = replace(written, written.text[: -len(fault.got)] + str(plain)) if written is not None else None
    return Finding(
        fault.place,
        f"Keras 3's {name} has no `{fault.got}` any more, so this raises AttributeError. Write {NOW[fault.got]}.",
        fix=safe_fix(f"Write `{plain}`.", edit),
        key=fault.place.node,
    )
