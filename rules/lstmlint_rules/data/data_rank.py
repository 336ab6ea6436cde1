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
from lstmlint.dims import same
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.shapes import Shape
from lstmlint.values import Array

from ..training import model_input, named, origin, samples_in_input, subject

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
    got = array.shape if isinstance(array, Array) else shape
    return Finding(
        fault.place,
        f"{subject(fault, 'x', array)} is {got}, but the model wants {model_input(fault)}. "
        + (samples_in_input(expected) or _advice(got, expected, named(array, ""))),
        related=origin(array),
        shapes=ShapePair(str(expected), str(got)),
        key=fault.place.node,
    )


def _advice(got: Shape, expected: Shape, name: str) -> str:
    """How the data get the axes that they lack, or lose those that are too many."""
    if got.rank is None or expected.rank is None or got.rank > expected.rank:
        return "Drop or merge axes with reshape, or change the model's Input."
    inner = expected.slice(1)
    written = ", ".join(map(str, inner))
    if (
        got.rank == expected.rank - 1
        and got.rank > 2
        and inner[0].known is not None
        and all(same(a, b) is True for a, b in zip(got.slice(1), expected.slice(2)))
    ):
        sample = ", ".join(map(str, expected.slice(2)))
        return f"The input shape has one axis more than a sample: if {inner[0]} is the batch, leave it out, ({sample}), because Keras adds it."
    if (got.rank, expected.rank) != (2, 3):
        return "Give each sample its own axes with reshape, or change the model's Input."
    steps, features = inner
    if None not in (steps.known, features.known):
        if steps.known != 1 and same(got[1], features) is True:
            return (
                f"Each row is one step: cut {name or 'the rows'} into windows of {steps} steps, (windows, {written})."
            )
        if same(got[1], steps * features) is True:
            return f"Each row holds the {steps} steps of a sample: {name or 'X'}.reshape(-1, {written})."
    if same(got[1], features) is True:
        return f"Each row is one step, and the axis of the steps is missing: {name or 'X'}[:, np.newaxis] makes each sample a sequence of one."
    return "Give each sample its own axes with reshape, or change the model's Input."
