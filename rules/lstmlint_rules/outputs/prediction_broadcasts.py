"""Predictions in a column are compared with as many values in a row.

What it does: finds operators between what comes of `predict`, (n, 1), and an array of n values, (n,).

Why is this bad: NumPy lays the column against the row and gives (n, n): every prediction with every value. The error, or the share
of right answers, that is made of it says nothing.

Example:

    rmse = np.sqrt(np.mean((model.predict(X) - y) ** 2))  # y: (n,)

Use instead:

    rmse = np.sqrt(np.mean((model.predict(X)[:, 0] - y) ** 2))

References: https://numpy.org/doc/stable/user/basics.broadcasting.html
"""

from __future__ import annotations

from lstmlint.dims import same
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import Array

from ..provenance import ancestors
from ..training import named

_HEAD = """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((4,)), Dense(1, activation="sigmoid")])
X, y = np.random.rand(8, 4), np.random.randint(0, 2, 8)
p = model.predict(X, verbose=0)
"""
BAD = [
    _HEAD + "rmse = np.sqrt(np.mean((p - y) ** 2))\n",
    _HEAD + "right = np.mean((p > 0.5) == y)\n",
]
GOOD = [
    _HEAD + "rmse = np.sqrt(np.mean((p[:, 0] - y) ** 2))\nright = np.mean((p > 0.5) == y.reshape(-1, 1))\n",
    _HEAD + "apart = p - p[:, 0]\nscaled = p * np.array([1.0, 2.0, 3.0])\n",
]


@claim("OUT036", "prediction-broadcasts", Severity.WARNING, kinds=("column-against-row",))
def prediction_broadcasts(fault: Fault, program: Program) -> Finding | None:
    column, row = fault.details["column"], fault.details["row"]
    n = column.shape[0]
    if n.known == 1 or same(n, row.shape[0]) is not True or not _predicted(column) or _predicted(row):
        return None
    return Finding(
        fault.place,
        f"{named(column, 'What comes of the predictions')}, {column.shape}, is a column, and {named(row, 'the other side')}, {row.shape}, a row: NumPy "
        f"makes ({n}, {n}) of them, every prediction with every value. Take the column as a row too, with [:, 0] or .ravel().",
        key=fault.place.node,
    )


def _predicted(array: Array) -> bool:
    return any("predicted_by" in one.facts for one in ancestors(array))
