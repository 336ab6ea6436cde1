"""Targets that the loss can't compare with the output.

What it does: compares the shapes of targets and outputs by the rule of the loss that the model is compiled with.

Why is this bad: Keras raises in the first batch.

Example:

    model.add(Dense(2, activation="softmax"))
    model.compile("adam", "binary_crossentropy")
    model.fit(X, y)  # y: (samples,)

Use instead:

    model.add(Dense(1, activation="sigmoid"))

References: https://keras.io/api/losses/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..training import advice, against_output

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(2)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 4)), np.zeros((8, 3)))
""",
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(2, activation="softmax")])
model.compile("adam", "binary_crossentropy")
model.fit(np.zeros((8, 4)), np.zeros(8))
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
model.fit(np.zeros((8, 4)), np.zeros(8), verbose=0)
""",
]


@claim("OUT010", "target-shape", Severity.ERROR, kinds=("target-shape",), specificity=0)
def target_shape(fault: Fault, program: Program) -> Finding | None:
    return against_output(fault, program, f", and {fault.details['loss']} can't compare the two.", advice(fault))
