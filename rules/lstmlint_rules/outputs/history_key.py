"""A name that isn't in the history.

What it does: compares the names that are read from `history.history`, or from what `evaluate(..., return_dict=True)` gives,
with what was measured: the loss, the metrics as compile was given them, and in `fit` the same with `val_` where there is
validation data. `model.history` is the history of the last `fit`.

Why is this bad: the history is a plain dict, and a missing name is a KeyError, often after hours of training.

Example:

    model.compile("adam", "mse", metrics=["accuracy"])
    history = model.fit(X, y)
    plt.plot(history.history["acc"])

Use instead:

    plt.plot(history.history["accuracy"])

References: https://keras.io/api/callbacks/
"""

from __future__ import annotations

import difflib

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import DictValue, Unknown

from ..evidence import line

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("adam", "mse", metrics=["mae"])
history = model.fit(np.zeros((8, 4)), np.zeros(8), verbose=0)
print(history.history["val_loss"])
""",
    """
import keras
import numpy as np
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(np.zeros((8, 4)), np.zeros(8), verbose=0)
print(model.history.history["acc"])
""",
    """
import keras
import numpy as np
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse", metrics=["mae"])
scores = model.evaluate(np.zeros((8, 4)), np.zeros(8), return_dict=True, verbose=0)
print(scores["mean_absolute_error"])
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("adam", "mse", metrics=["mae"])
history = model.fit(np.zeros((8, 4)), np.zeros(8), validation_split=0.25, verbose=0)
print(history.history["val_mae"])
""",
]


_PAIRS = (
    ("acc", "accuracy"), ("mae", "mean_absolute_error"), ("mse", "mean_squared_error"), ("mape", "mean_absolute_percentage_error"),
    ("msle", "mean_squared_logarithmic_error"),
)  # fmt: skip
OTHER_NAMES = {a: b for pair in _PAIRS for a, b in (pair, pair[::-1])}
"""The other name of a metric, under which it is measured where compile was given that one."""


@claim("OUT022", "history-key", Severity.ERROR, kinds=("python-exception",), specificity=10)
def history_key(fault: Fault, program: Program) -> Finding | None:
    receiver, key = fault.details.get("receiver"), fault.details.get("key")
    if not isinstance(receiver, DictValue):
        return None
    sample = receiver.sample
    if (
        not isinstance(sample, Unknown)
        or not isinstance(sample.key, tuple)
        or sample.key[0] != "history"
        or not isinstance(key, str)
    ):
        return None
    use = sample.key[1]
    names = [str(name) for name in receiver.entries]
    bare = key.removeprefix("val_")
    if key.startswith("val_") and bare in names and use.method != "fit":
        advice = f'Use "{bare}".'
    elif key.startswith("val_") and bare in names:
        advice = "Give fit validation_data or validation_split."
    else:
        other = ("val_" if key != bare else "") + OTHER_NAMES.get(bare, "")
        near = [other] if other in names else difflib.get_close_matches(key, names, 1, 0.6)
        advice = f'Use "{near[0]}".' if near else "Add the metric in compile, or read one of these."
    whose = "This history" if use.method == "fit" else f"What {use.method} gives"
    return Finding(
        fault.place,
        f"{whose} has no `{key}`: the {use.method} on {line(use.place)} measures {', '.join(names)}. {advice}",
        related=(("it comes from here", use.place),),
        key=fault.place.node,
    )
