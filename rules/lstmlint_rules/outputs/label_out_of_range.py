"""A class label that the output has no unit for.

What it does: compares integer labels that are known with the number of the output's units.

Why is this bad: n units stand for the labels 0 to n - 1; with any other, Keras raises on the CPU and gives NaN on a
GPU.

Example:

    y = np.array([1, 2, 3])
    model.add(Dense(3, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy")

Use instead:

    y = np.array([1, 2, 3]) - 1

References: https://keras.io/api/losses/probabilistic_losses/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..training import related, target_name

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(3, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(np.zeros((3, 4)), np.array([1, 2, 3]))
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(3, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(np.zeros((3, 4)), np.array([0, 1, 2]), verbose=0)
""",
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((2, 4)), LSTM(3, return_sequences=True), Dense(1, activation="sigmoid")])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(np.zeros((6, 2, 4)), np.ones((6, 1)), verbose=0)  # Keras drops the last axis of 1: two classes, it thinks
""",
]


@claim("OUT013", "label-out-of-range", Severity.ERROR, kinds=("label-range",), specificity=0)
def label_out_of_range(fault: Fault, program: Program) -> Finding | None:
    classes, label = fault.details["classes"], fault.details["label"]
    return Finding(
        fault.place,
        f"The label {label} occurs in {target_name(fault)}, but the output has {classes} units, for the labels 0 to {(classes.known or 1) - 1}. "
        "Let labels count from 0, or give the last layer one unit for each class.",
        related=related(fault),
        key=fault.place.node,
    )
