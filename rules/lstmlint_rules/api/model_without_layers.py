"""A Sequential without any layers is trained or called.

What it does: finds `fit`, `evaluate`, `predict` and calls of a Sequential that no layer was put into.

Why is this bad: Keras raises ValueError, because there is nothing to build. Mostly the layers went into another model, or
the model was made anew after they had been added.

Example:

    model = Sequential()
    model.compile("adam", "mse")
    model.fit(X, y)

Use instead:

    model = Sequential([LSTM(8), Dense(1)])
    model.compile("adam", "mse")
    model.fit(X, y)

References: https://keras.io/guides/sequential_model/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

BAD = [
    """
import keras
import numpy as np
model = keras.Sequential()
model.compile("adam", "mse")
model.fit(np.zeros((8, 3)), np.zeros((8, 1)), verbose=0)
""",
    """
import keras
import numpy as np
model = keras.Sequential()
model.predict(np.zeros((8, 3)), verbose=0)
""",
    """
import keras
inner = keras.Sequential()
y = inner(keras.Input((3,)))
""",
]
GOOD = [
    """
import keras
import numpy as np
model = keras.Sequential()
model.add(keras.layers.Dense(1))
model.compile("adam", "mse")
model.fit(np.zeros((8, 3)), np.zeros((8, 1)), verbose=0)
keras.Sequential().summary()
""",
]


@claim("API037", "model-without-layers", Severity.ERROR, kinds=("no-layers",), specificity=10)
def model_without_layers(fault: Fault, program: Program) -> Finding | None:
    return Finding(
        fault.place,
        "This Sequential has no layers, and Keras raises. Add them before it is used, with model.add(...) or in the list with which it is made.",
        related=(("the model is made here", fault.blamed[0]),) if fault.blamed else (),
        key=fault.place.node,
    )
