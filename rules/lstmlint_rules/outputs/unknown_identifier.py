"""A loss, metric or optimizer that Keras doesn't know.

What it does: looks up the words for losses, metrics and optimizers as Keras does, capitals included, and looks at what stands where
the optimizer or the loss belongs.

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
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile(keras.losses.MeanSquaredError(), keras.optimizers.Adam())
""",
    """
import keras
import numpy as np
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", loss=keras.optimizers.Adam())
model.fit(np.zeros((8, 4)), np.zeros(8))
""",
    """
import keras
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile(keras.optimizers.schedules.ExponentialDecay(0.1, 100, 0.9), "mse")
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


@claim("OUT014", "unknown-identifier", Severity.ERROR, kinds=("unknown-identifier", "no-optimizer"), specificity=0)
def unknown_identifier(fault: Fault, program: Program) -> Finding | None:
    place = fault.blamed[0] if fault.blamed else fault.place
    if fault.kind == "no-optimizer":
        told = f"compile wants an optimizer first and gets {fault.got}: Keras raises. {_instead(fault)}"
        return Finding(place, told, key=(place.node, fault.got))
    argument, word = fault.details["argument"], fault.details["word"]
    kind = {"loss": "loss", "metrics": "metric"}.get(argument, "optimizer")
    late = "" if argument == "optimizer" else ", and raises when training begins"
    advice = _likeliest(word, fault) if isinstance(word, str) else None
    if advice is None:
        named = f"an {kind}" if kind == "optimizer" else f"a {kind}"
        advice = f"Give {named}'s name, or an object of keras.{ {'loss': 'losses', 'metric': 'metrics'}.get(kind, 'optimizers') }."
    return Finding(place, f"Keras knows no {kind} {fault.got}{late}. {advice}", key=(place.node, fault.got))


def _likeliest(word: str, fault: Fault) -> str | None:
    """Which of the words that Keras knows may be meant."""
    accepted = fault.details["accepted"]
    if fault.details.get("exchanged"):
        return EXCHANGED
    spelled = {name.lower(): name for name in accepted if name.islower() or name.lower() not in accepted}
    near = difflib.get_close_matches(word.lower().replace(" ", "_"), list(spelled), 1, 0.6)
    known = KNOWN.get(word.lower())
    found = known if known in accepted else spelled[near[0]] if near else None
    return f'Did you mean "{found}"?' if found is not None else None


KNOWN = {"rmse": "root_mean_squared_error", "logcosh": "log_cosh", "f1": "f1_score", "r2": "r2_score", "auroc": "auc"}
EXCHANGED = "Optimizer and loss are exchanged: write compile(optimizer, loss)."


def _instead(fault: Fault) -> str:
    """What to write where an optimizer belongs."""
    if fault.details.get("exchanged"):
        return EXCHANGED
    if fault.got == "a number" or fault.got.endswith("learning rate"):
        return "A learning rate goes to an optimizer: keras.optimizers.Adam(learning_rate=...)."
    return "Give an optimizer's name, or an object of keras.optimizers."
