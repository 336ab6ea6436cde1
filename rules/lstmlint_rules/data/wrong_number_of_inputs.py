"""Another number of inputs, or other names, than the model has.

What it does: compares the arrays that a functional model gets, by order or by name, with its inputs.

Why is this bad: Keras raises before the first layer runs.

Example:

    model = keras.Model([a, b], out)
    model.fit(X, y)

Use instead:

    model.fit([X_a, X_b], y)

References: https://keras.io/guides/functional_api/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import ModelObject

BAD = [
    """
import keras
import numpy as np
from keras.layers import Concatenate, Dense
a, b = keras.Input((4,)), keras.Input((3,))
model = keras.Model([a, b], Dense(1)(Concatenate()([a, b])))
model.predict(np.zeros((8, 4)))
""",
    """
import keras
import numpy as np
from keras.layers import Concatenate, Dense
a, b = keras.Input((4,), name="a"), keras.Input((3,), name="b")
model = keras.Model([a, b], Dense(1)(Concatenate()([a, b])))
model.predict({"a": np.zeros((8, 4)), "c": np.zeros((8, 3))})
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import Concatenate, Dense
a, b = keras.Input((4,)), keras.Input((3,))
model = keras.Model([a, b], Dense(1)(Concatenate()([a, b])))
model.predict([np.zeros((8, 4)), np.zeros((8, 3))], verbose=0)
""",
]


@claim("DAT013", "wrong-number-of-inputs", Severity.ERROR, kinds=("input-count", "input-names"), specificity=0)
def wrong_number_of_inputs(fault: Fault, program: Program) -> Finding | None:
    if not isinstance(fault.subject, ModelObject):
        return None
    if fault.kind == "input-names":
        told = f"The model's inputs are named {fault.required}, but the data has {fault.got}. Use the names that Input(name=...) gave."
    else:
        told = f"The model has {fault.required} but gets {fault.got}. Give one array for each Input, in a list in their order or in a dict by name."
    model = fault.subject
    return Finding(
        fault.place,
        told,
        related=(("the model is made here", model.place),) if model.place is not None else (),
        key=fault.place.node,
    )
