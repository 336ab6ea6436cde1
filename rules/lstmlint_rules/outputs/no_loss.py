"""A model is trained that was compiled without a loss.

What it does: finds fit and evaluate on a model that was compiled without a loss, where no layer adds one.

Why is this bad: there is nothing to minimise, and Keras raises in the first batch.

Example:

    model.compile(optimizer="adam")
    model.fit(X, y)

Use instead:

    model.compile(optimizer="adam", loss="mse")

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
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("adam")
model.fit(np.zeros((8, 4)), np.zeros(8))
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 4)), np.zeros(8), verbose=0)
""",
]


@claim("OUT023", "no-loss", Severity.ERROR, kinds=("no-loss",), specificity=0)
def no_loss(fault: Fault, program: Program) -> Finding | None:
    use = fault.details["use"]
    return Finding(
        fault.place,
        f"The model was compiled without a loss, so that `{use.method}` has nothing to minimise. Give compile a loss, for instance "
        'loss="mse" for numbers or "sparse_categorical_crossentropy" for labels.',
        related=(("the model is compiled here", use.compile.place),) if use.compile is not None else (),
        key=fault.place.node,
    )
