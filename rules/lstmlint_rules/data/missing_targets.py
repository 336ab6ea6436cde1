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
    given = use.arguments.argument("validation_data")
    validated = use.method == "evaluate" and given is not None and given.value is not None
    if fault.details.get("dataset") is not None:
        what, advice = f"the dataset{' for validation' * validated} holds", "Let its elements be (x, y) pairs"
    elif validated:
        what, advice = "`validation_data` holds", "Write validation_data=(x, y); for an autoencoder y is x once more"
    else:
        what, advice = f"`{use.method}` gets", "Give them as y; for an autoencoder that is x once more"
    return Finding(
        fault.place,
        f"The model is compiled with a loss, but {what} no targets to compare its output with. {advice}.",
        key=fault.place.node,
    )
