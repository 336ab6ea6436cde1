"""An id in the data that the Embedding has no row for.

What it does: compares the ids that go into an Embedding, where they are known, with its `input_dim`.

Why is this bad: an Embedding of n rows has them for the ids 0 to n - 1. For any other id TensorFlow raises on a CPU,
"indices[0,0] = 12 is not in [0, 10)", and reads zeros on a GPU.

Example:

    model = Sequential([Input((3,)), Embedding(10, 4), LSTM(8)])
    model.predict(np.array([[4, 7, 10]]))

Use instead:

    model = Sequential([Input((3,)), Embedding(11, 4), LSTM(8)])
    model.predict(np.array([[4, 7, 10]]))

References: https://keras.io/api/layers/core_layers/embedding/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..training import named

_HEAD = """
import keras
import numpy as np
from keras.layers import Dense, Embedding, LSTM
model = keras.Sequential([keras.Input((3,)), Embedding(10, 4), LSTM(8), Dense(1)])
model.compile("adam", "mse")
"""
BAD = [
    _HEAD + "model.predict(np.array([[4, 7, 10]]), verbose=0)\n",
    _HEAD + "model.fit(np.full((4, 3), 12), np.zeros(4), verbose=0)\n",
    _HEAD + "vectors = Embedding(5, 2)(np.array([[1, 2], [3, 5]]))\n",
]
GOOD = [
    _HEAD + "model.predict(np.array([[4, 7, 9]]), verbose=0)\n",
    _HEAD + "model.fit(np.full((4, 3), 12) - 3, np.zeros(4), verbose=0)\n",
    _HEAD + "vectors = Embedding(6, 2)(np.array([[1, 2], [3, 5]]))\n",
]


@claim("MSK015", "id-without-row", Severity.ERROR, kinds=("id-range",), specificity=0)
def id_without_row(fault: Fault, program: Program) -> Finding | None:
    layer, found, rows = fault.details["layer"], fault.details["id"], fault.details["rows"]
    place = layer.arguments.place("input_dim") or layer.place
    advice = f"Give it input_dim={found + 1} or more, or count ids from 0." if found >= 0 else "Count ids from 0."
    return Finding(
        fault.place,
        f"The id {found} occurs in {named(fault.details['array'], 'the data')}, but the Embedding has {rows} rows, for the ids 0 to {rows - 1}: "
        f"TensorFlow raises on a CPU and reads zeros on a GPU. {advice}",
        related=(("the number of rows is chosen here", place),) if place is not None else (),
        key=fault.place.node,
    )
