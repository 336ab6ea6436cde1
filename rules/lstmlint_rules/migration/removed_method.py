"""A method of models that Keras 3 no longer has.

What it does: recognises predict_classes, fit_generator, reset_states and their kin on Keras models and layers.

Why is this bad: Python raises AttributeError.

Example:

    classes = model.predict_classes(x)

Use instead:

    classes = model.predict(x).argmax(axis=-1)

References: https://keras.io/guides/migrating_to_keras_3/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

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
    "reset_states": "layer.reset_states() on each stateful recurrent layer",
}


@claim("MIG002", "removed-method", Severity.ERROR, kinds=("no-attribute",), specificity=10)
def removed_method(fault: Fault, program: Program) -> Finding | None:
    if fault.got not in NOW:
        return None
    return Finding(
        fault.place,
        f"Keras 3's {subject_name(fault)} has no `{fault.got}` any more, so this raises AttributeError. Write {NOW[fault.got]}.",
        key=fault.place.node,
    )
