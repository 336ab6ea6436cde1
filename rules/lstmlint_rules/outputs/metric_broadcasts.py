"""A metric that silently stretches targets or outputs.

What it does: compares targets and outputs by the rule of each metric, where the loss itself is fine with them.

Why is this bad: nothing raises, and the number that is shown means nothing.

Example:

    model.compile("adam", "sparse_categorical_crossentropy", metrics=["mae"])
    model.fit(X, y)  # y: (samples, 1)

Use instead:

    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])

References: https://keras.io/api/metrics/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..training import metric_advice, output_words, pair, related, target_name

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(3, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["mae"])
model.fit(np.zeros((8, 4)), np.zeros((8, 1)), verbose=0)
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(3, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(np.zeros((8, 4)), np.zeros((8, 1)), verbose=0)
""",
]


@claim("OUT018", "metric-broadcasts", Severity.WARNING, kinds=("metric-broadcast",), specificity=0)
def metric_broadcasts(fault: Fault, program: Program) -> Finding | None:
    if not fault.details["certain"]:
        return None
    compiled = fault.details["compile"]
    where = compiled.arguments.place("metrics") if compiled is not None else None
    return Finding(
        where or fault.place,
        f"The metric {fault.details['written']} stretches {target_name(fault)} {fault.details['target_shape']} to the output "
        f"{output_words(fault)} and measures pairs that don't belong together. {metric_advice(fault)}",
        related=related(fault),
        shapes=pair(fault),
        key=(fault.place.node, fault.details["written"]),
    )
