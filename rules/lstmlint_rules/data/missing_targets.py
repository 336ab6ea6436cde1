"""A model with a loss is trained without targets.

What it does: finds fit and evaluate with inputs only, and datasets that hold no targets.

Why is this bad: the loss has nothing to compare the output with, and Keras raises with the first batch. An
autoencoder's targets are its inputs: Keras wants them given twice.

Example:

    autoencoder.fit(X)

Use instead:

    autoencoder.fit(X, X)

References: https://keras.io/api/models/model_training_apis/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(4)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 4)))
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(4)])
model.compile("adam", "mse")
X = np.zeros((8, 4))
model.fit(X, X, verbose=0)
""",
]


@claim("DAT009", "missing-targets", Severity.ERROR, kinds=("no-targets",), specificity=0)
def missing_targets(fault: Fault, program: Program) -> Finding | None:
    use = fault.details["use"]
    inside = fault.details.get("dataset") is not None
    return Finding(
        fault.place,
        f"The model is compiled with a loss, but {'the dataset holds' if inside else f'`{use.method}` gets'} no targets to compare its output "
        f"with. {'Let its elements be (x, y) pairs' if inside else 'Give them as y; for an autoencoder that is x once more'}.",
        key=fault.place.node,
    )
