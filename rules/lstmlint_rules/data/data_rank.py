"""Data with the wrong number of axes is given to a model.

What it does: compares the axes of the data with those of the model's input. A last axis of 1 may come or go: Keras
adds and drops it itself.

Why is this bad: Keras raises with the first batch.

Example:

    model = Sequential([Input((10, 1)), LSTM(8), Dense(1)])
    model.fit(X.reshape(-1, 5, 2, 1), y)

Use instead:

    model.fit(X.reshape(-1, 10, 1), y)

References: https://keras.io/api/models/model_training_apis/
"""

from __future__ import annotations

from lstmlint.diagnostic import ShapePair
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import Array

from ..training import model_input, origin, subject

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((5, 3)), LSTM(4), Dense(1)])
model.compile("adam", "mse")
X = np.zeros((8, 15))
model.fit(X, np.zeros((8, 1)))
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((5, 3)), LSTM(4), Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 5, 3)), np.zeros((8, 1)), verbose=0)
""",
]


@claim("DAT004", "data-rank", Severity.ERROR, kinds=("input-rank",), specificity=0)
def data_rank(fault: Fault, program: Program) -> Finding | None:
    array = fault.details.get("array")
    shape, expected = fault.details["shape"], fault.details["expected"]
    few = shape.rank is not None and expected.rank is not None and shape.rank < expected.rank
    got = array.shape if isinstance(array, Array) else shape
    return Finding(
        fault.place,
        f"{subject(fault, 'x', array)} is {got}, but the model wants {model_input(fault)}. "
        + ("Give each sample its own axes with reshape" if few else "Drop or merge axes with reshape")
        + ", or change the model's Input.",
        related=origin(array),
        shapes=ShapePair(str(expected), str(got)),
        key=fault.place.node,
    )
