"""A single sample without a batch axis is given to a model.

What it does: finds data with exactly the axes of one sample where the model wants a batch of samples.

Why is this bad: the model takes the first axis for the samples, finds one axis too few, and Keras raises.

Example:

    model.predict(X[0])

Use instead:

    model.predict(X[:1])

References: https://keras.io/api/models/model_training_apis/
"""

from __future__ import annotations

from lstmlint.diagnostic import ShapePair
from lstmlint.dims import same
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import Array

from ..training import model_input, named, origin, samples_in_input, subject

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((5, 3)), LSTM(4), Dense(1)])
model.compile("adam", "mse")
X = np.zeros((8, 5, 3))
model.predict(X[0])
""",
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.predict(np.zeros(4))
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((5, 3)), LSTM(4), Dense(1)])
model.compile("adam", "mse")
X = np.zeros((8, 5, 3))
model.predict(X[:1], verbose=0)
""",
]


@claim("DAT002", "missing-batch-axis", Severity.ERROR, kinds=("input-rank",), specificity=20)
def missing_batch_axis(fault: Fault, program: Program) -> Finding | None:
    expected, shape = fault.details["expected"], fault.details["shape"]
    array = fault.details.get("array")
    if (
        fault.details.get("single")
        or expected.rank is None
        or shape.rank != expected.rank - 1
        or not isinstance(array, Array)
    ):
        return None
    if any(same(mine, wanted) is not True for mine, wanted in zip(array.shape, expected.slice(1))):
        return None
    who = subject(fault, "x", array)
    samples = samples_in_input(expected)
    if samples is not None:
        told = f"{who} is {array.shape}, but the model wants {model_input(fault)}. {samples}"
        return Finding(
            fault.place,
            told,
            related=origin(array),
            shapes=ShapePair(str(expected), str(array.shape)),
            key=fault.place.node,
        )
    return Finding(
        fault.place,
        f"{who} is one sample {array.shape}, but the model wants a batch of them, {model_input(fault)}. Put a batch axis in front: "
        f"{named(array, 'X')}[np.newaxis].",
        related=origin(array),
        shapes=ShapePair(str(expected), str(array.shape)),
        key=fault.place.node,
    )
