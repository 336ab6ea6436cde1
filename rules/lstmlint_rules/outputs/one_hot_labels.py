"""sparse_categorical_crossentropy with one-hot labels.

What it does: finds sparse_categorical_crossentropy on targets that are as wide as the output.

Why is this bad: it wants one integer per sample; a one-hot row has an axis too many, and Keras raises in the first
batch.

Example:

    y = to_categorical(labels)
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(X, y)

Use instead:

    model.compile("adam", "categorical_crossentropy")
    model.fit(X, y)

Fix safety: unsafe. The labels could be made integers as well.

References: https://keras.io/api/losses/probabilistic_losses/
"""

from __future__ import annotations

from lstmlint.dims import same
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..training import bare, labels_against_loss

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(3, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(np.zeros((8, 4)), keras.utils.to_categorical(np.zeros(8, dtype=int), 3))
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(3, activation="softmax")])
model.compile("adam", "categorical_crossentropy")
model.fit(np.zeros((8, 4)), keras.utils.to_categorical(np.zeros(8, dtype=int), 3), verbose=0)
""",
]


@claim("OUT012", "one-hot-labels", Severity.ERROR, kinds=("target-shape",), specificity=20)
def one_hot_labels(fault: Fault, program: Program) -> Finding | None:
    true, predicted = fault.details["true"], fault.details["predicted"]
    if fault.details["loss"] != "sparse_categorical_crossentropy" or true.rank is None or true.rank != predicted.rank:
        return None
    if same(true[-1], 1) is not False:
        return None
    return labels_against_loss(
        fault,
        program,
        f"a row of {true[-1]} numbers per sample",
        "wants one integer label each",
        f"Use categorical_crossentropy for one-hot rows, or np.argmax({bare(fault)}, axis=-1).",
        "categorical_crossentropy",
    )
