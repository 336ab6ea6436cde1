"""argmax of predictions that are one number each.

What it does: finds `argmax` along the last axis of what a model with a single output unit predicts.

Why is this bad: the index of the largest of one number is 0, so that every sample gets the class 0.

Example:

    classes = np.argmax(model.predict(X), axis=1)  # Dense(1, activation="sigmoid")

Use instead:

    classes = (model.predict(X) > 0.5).astype(int)

References: https://keras.io/api/models/model_training_apis/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import LibraryCall, Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import Array, Value

BAD = [
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((4,)), Dense(1, activation="sigmoid")])
classes = np.argmax(model.predict(np.zeros((8, 4)), verbose=0), axis=1)
""",
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((4,)), Dense(1, activation="sigmoid")])
p = model.predict(np.zeros((8, 4)), verbose=0)
classes = p.argmax(axis=-1)
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((4,)), Dense(2, activation="softmax")])
p = model.predict(np.zeros((8, 4)), verbose=0)
classes = p.argmax(axis=-1)
best_sample = np.argmax(p[:, 0])
""",
]


@check("OUT024", "argmax-of-one-column", Severity.WARNING)
def argmax_of_one_column(program: Program) -> Iterator[Finding]:
    for call in program.calls:
        array = _searched(call)
        if array is None or "predicted_by" not in array.facts or array.shape.rank != 2 or array.shape[1].known != 1:
            continue
        yield Finding(
            call.place,
            f"Each prediction of this model is one number, {array.shape}, and the index of the largest of one is always 0. "
            "For two classes compare it with 0.5: (model.predict(X) > 0.5).astype(int).",
        )


def _searched(call: LibraryCall) -> Array | None:
    """The array of which the call takes the argmax along its last axis; None for any other call."""
    axis: Value
    if call.name == "numpy.argmax" and call.args:
        array, axis = call.args[0], call.kwargs.get("axis", call.args[1] if len(call.args) > 1 else None)
    elif call.name == "numpy.ndarray.argmax":
        array, axis = call.receiver, call.kwargs.get("axis", call.args[0] if call.args else None)
    else:
        return None
    return array if isinstance(array, Array) and axis in (-1, 1) else None
