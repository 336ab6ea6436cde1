"""A loss, metric or optimizer that Keras doesn't know.

What it does: looks up the words for losses, metrics and optimizers as Keras does, capitals included.

Why is this bad: an unknown optimizer raises in compile, an unknown loss or metric only when fit has begun.

Example:

    model.compile("adam", loss="rmse", metrics=["acuracy"])

Use instead:

    model.compile("adam", loss="mse", metrics=["accuracy"])

References: https://keras.io/api/losses/
"""

from __future__ import annotations

import difflib

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("adamm", "mse")
""",
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("adam", "mean_square_error")
model.fit(np.zeros((8, 4)), np.zeros(8))
""",
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("adam", "mse", metrics=["rmse"])
model.fit(np.zeros((8, 4)), np.zeros(8))
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("Adam", "MSE", metrics=["mae"])
model.fit(np.zeros((8, 4)), np.zeros(8), verbose=0)
""",
]


@claim("OUT014", "unknown-identifier", Severity.ERROR, kinds=("unknown-identifier",), specificity=0)
def unknown_identifier(fault: Fault, program: Program) -> Finding | None:
    argument, word = fault.details["argument"], fault.details["word"]
    place = fault.blamed[0] if fault.blamed else fault.place
    kind = {"loss": "loss", "metrics": "metric"}.get(argument, "optimizer")
    advice = f"Give a {kind}'s name, or an object of keras.{ {'loss': 'losses', 'metric': 'metrics'}.get(kind, 'optimizers') }."
    if isinstance(word, str):
        near = difflib.get_close_matches(
            word.lower().replace(" ", "_"), [n.lower() for n in fault.details["accepted"]], 1, 0.6
        )
        known = {"rmse": "root_mean_squared_error", "logcosh": "log_cosh", "f1": "f1_score", "auroc": "auc"}
        found = (
            known.get(word.lower())
            if known.get(word.lower()) in fault.details["accepted"]
            else near[0]
            if near
            else None
        )
        if found is not None:
            advice = f'Did you mean "{found}"?'
    late = "" if argument == "optimizer" else ", and raises when training begins"
    return Finding(place, f"Keras knows no {kind} {fault.got}{late}. {advice}", key=(place.node, fault.got))
