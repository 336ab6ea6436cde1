"""Targets and outputs of different shapes, silently stretched by the loss.

What it does: compares the shapes of targets and outputs where the loss computes element by element.

Why is this bad: nothing raises: the smaller one is repeated, and the model is fitted to numbers that it wasn't meant
for.

Example:

    model.add(Dense(1))
    model.compile("adam", "mse")
    model.fit(X, y)  # y: (samples, 5)

Use instead:

    model.add(Dense(5))

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
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 4)), np.zeros((8, 5)), verbose=0)
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(5)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 4)), np.zeros((8, 5)), verbose=0)
""",
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 4)), np.zeros(8), verbose=0)
""",
]


@claim("OUT009", "target-broadcasts", Severity.WARNING, kinds=("target-broadcast",), specificity=0)
def target_broadcasts(fault: Fault, program: Program) -> Finding | None:
    loss = fault.details["loss"]
    happens = f"{loss} broadcasts the two without a word"
    if not fault.details.get("certain", True):
        happens = f"by the size of the batch, {loss} raises or broadcasts the two without a word"
    return against_output(fault, program, f": {happens}.", advice(fault))
