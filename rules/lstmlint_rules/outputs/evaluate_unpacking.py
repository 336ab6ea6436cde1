"""evaluate gives another number of values than are unpacked.

What it does: counts what evaluate, train_on_batch and test_on_batch measure: the loss, and the metrics that compile
was given. Where it is a list, it is none of the numbers that `"%.2f" % scores` can show.

Why is this bad: without metrics the loss comes alone, as a number that can't be unpacked; with several, more values
come than there are names.

Example:

    model.compile("adam", "mse")
    loss, accuracy = model.evaluate(X, y)

Use instead:

    model.compile("adam", "mse", metrics=["mae"])
    loss, mae = model.evaluate(X, y)

References: https://keras.io/api/models/model_training_apis/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program, Use
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import ListValue, Unknown

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("adam", "mse")
loss, acc = model.evaluate(np.zeros((8, 4)), np.zeros(8))
""",
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("adam", "mse", metrics=["mae", "mape"])
loss, mae = model.evaluate(np.zeros((8, 4)), np.zeros(8))
""",
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("adam", "mse")
scores = model.evaluate(np.zeros((8, 4)), np.zeros(8), verbose=0)
print("%.2f%%" % (scores[1] * 100))
""",
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("adam", "mse", metrics=["mae"])
scores = model.evaluate(np.zeros((8, 4)), np.zeros(8), verbose=0)
print(scores[2])
""",
    """
import keras
import numpy as np
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
scores = model.evaluate(np.zeros((8, 4)), np.zeros(8), verbose=0)
print("Accuracy: %.2f%%" % (scores * 100))
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("adam", "mse", metrics=["mae"])
loss, mae = model.evaluate(np.zeros((8, 4)), np.zeros(8), verbose=0)
scores = model.evaluate(np.zeros((8, 4)), np.zeros(8), verbose=0)
print("%s: %.2f%%, %s, %d" % (scores, scores[1] * 100, model.metrics_names, len(scores)))
""",
]


@claim("OUT021", "evaluate-unpacking", Severity.ERROR, kinds=("unpack", "python-exception"), specificity=10)
def evaluate_unpacking(fault: Fault, program: Program) -> Finding | None:
    value = fault.details.get("value")
    one = value if isinstance(value, Unknown) else _first(value)
    if not isinstance(one, Unknown) or not isinstance(one.key, tuple) or one.key[0] != "evaluated":
        return None
    use = one.key[1]
    count = len(value.items) if isinstance(value, ListValue) else 1
    metrics = use.compile.arguments.place("metrics") if use.compile is not None else None
    if "shown" in fault.details:
        return Finding(
            fault.place,
            f"`{use.method}` gives a list, of the loss and the metrics, and Python can't show that as one number: TypeError. Take the value that you "
            "mean, [0] for the loss.",
            related=(("the metrics are chosen here", metrics or use.compile.place),) if use.compile is not None else (),
            key=fault.place.node,
        )
    if fault.kind == "python-exception":
        return _past_the_end(fault, use, count)
    if "index" in fault.details:
        told = f"`{use.method}` gives only the loss, one number, so taking an item of it raises TypeError. Add metrics in compile, or take the loss alone."
        return Finding(
            fault.place, told, related=(("no metrics are chosen here", use.compile.place),), key=fault.place.node
        )
    return Finding(
        fault.place,
        f"`{use.method}` gives {'only the loss, one number' if count == 1 else f'{count} values: the loss and the metrics'}, but "
        f"{fault.required} are unpacked. "
        + (
            "Add metrics in compile, or take the loss alone."
            if count == 1
            else "Take as many names, or return_dict=True."
        ),
        related=(("the metrics are chosen here", metrics or use.compile.place),) if use.compile is not None else (),
        key=fault.place.node,
    )


def _first(value: object) -> object:
    """What stands for the values in a list."""
    return (value.items[0] if value.items else value.sample) if isinstance(value, ListValue) else None


def _past_the_end(fault: Fault, use: Use, count: int) -> Finding | None:
    """An index that is past the last of several values."""
    if "index" not in fault.details:
        return None
    return Finding(
        fault.place,
        f"`{use.method}` gives {count} values, the loss and the metrics, so that [{fault.details['index']}] raises IndexError. Count from 0, or add "
        "metrics in compile.",
        related=(("the metrics are chosen here", use.compile.place),) if use.compile is not None else (),
        key=fault.place.node,
    )
