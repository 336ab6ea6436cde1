"""Inputs and targets are given to fit as one tuple or list.

What it does: finds a tuple or list of arrays as the only argument of fit or evaluate.

Why is this bad: only a Dataset, a generator or a Sequence holds its targets; a tuple of arrays is taken for several
inputs, and the loss has no targets.

Example:

    model.fit((X, y))

Use instead:

    model.fit(X, y)

References: https://keras.io/api/models/model_training_apis/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import Dataset, ListValue, Unknown, flatten

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((5, 3)), LSTM(4), Dense(1)])
model.compile("adam", "mse")
X, y = np.zeros((8, 5, 3)), np.zeros((8, 1))
model.fit((X, y))
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


@claim("DAT008", "inputs-with-targets", Severity.ERROR, kinds=("no-targets", "input-count"), specificity=20)
def inputs_with_targets(fault: Fault, program: Program) -> Finding | None:
    use = fault.details.get("use")
    if use is None or use.method not in ("fit", "evaluate", "train_on_batch") or use.y is not None:
        return None
    if not isinstance(use.x, (tuple, ListValue)) or isinstance(use.validation, Unknown):
        return None
    if len(flatten(use.x)) != 2 or any(isinstance(leaf, Dataset) for leaf in flatten(use.x)):
        return None
    return Finding(
        fault.place,
        f"`{use.method}` takes the two arrays of this {'tuple' if isinstance(use.x, tuple) else 'list'} for two inputs, so that the loss has no "
        "targets. Give them as two arguments, x and y.",
        key=fault.place.node,
    )
