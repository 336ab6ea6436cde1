"""A metric that can't compare these targets with the output.

What it does: compares targets and outputs by the rule of each metric.

Why is this bad: the loss takes the labels as they are, the metric doesn't: Keras raises in the first batch.

Example:

    model.compile("adam", "sparse_categorical_crossentropy", metrics=["precision"])

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
model.compile("adam", "sparse_categorical_crossentropy", metrics=["precision"])
model.fit(np.zeros((8, 4)), np.zeros(8, dtype=int))
""",
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(3, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["f1_score"])
model.fit(np.zeros((8, 4)), np.zeros(8, dtype=int))
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(3, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(np.zeros((8, 4)), np.zeros(8, dtype=int), verbose=0)
""",
]


@claim("OUT017", "metric-shape", Severity.ERROR, kinds=("metric-shape",), specificity=0)
def metric_shape(fault: Fault, program: Program) -> Finding | None:
    place = fault.blamed[0] if fault.blamed else fault.place
    compiled = fault.details["compile"]
    where = compiled.arguments.place("metrics") if compiled is not None else None
    return Finding(
        where or place,
        f"The metric {fault.details['written']} can't compare {target_name(fault)} {fault.details['target_shape']} with the output "
        f"{output_words(fault)}. {metric_advice(fault)}",
        related=related(fault),
        shapes=pair(fault),
        key=fault.place.node,
    )
