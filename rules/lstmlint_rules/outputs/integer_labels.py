"""categorical_crossentropy with integer labels.

What it does: finds categorical_crossentropy on targets that hold one number per sample.

Why is this bad: it compares distributions, so that each label has to be a one-hot row as wide as the output; Keras
raises in the first batch.

Example:

    model.compile("adam", "categorical_crossentropy")
    model.fit(X, y)  # y: (samples,)

Use instead:

    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(X, y)

Fix safety: unsafe. The labels could be encoded as one-hot rows as well.

References: https://keras.io/api/losses/probabilistic_losses/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..training import bare, labels_against_loss, one_label_each, output_words

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(3, activation="softmax")])
model.compile("adam", "categorical_crossentropy")
model.fit(np.zeros((8, 4)), np.zeros(8, dtype=int))
""",
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(3, activation="softmax")])
model.compile("adam", "categorical_crossentropy")
model.fit(np.zeros((8, 4)), np.zeros((8, 1)))
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(3, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(np.zeros((8, 4)), np.zeros(8, dtype=int), verbose=0)
""",
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(3, activation="softmax")])
model.compile("adam", "categorical_crossentropy")
model.fit(np.zeros((8, 4)), keras.utils.to_categorical(np.zeros(8, dtype=int), 3), verbose=0)
""",
]


@claim("OUT011", "integer-labels", Severity.ERROR, kinds=("target-shape",), specificity=20)
def integer_labels(fault: Fault, program: Program) -> Finding | None:
    if fault.details["loss"] not in ("categorical_crossentropy", "categorical_focal_crossentropy"):
        return None
    true, predicted = fault.details["true"], fault.details["predicted"]
    if true.rank is None or predicted.rank is None or not one_label_each(true, predicted):
        return None
    classes = predicted[-1]
    return labels_against_loss(
        fault,
        program,
        "one label per sample",
        f"compares one-hot rows of {classes} classes, {output_words(fault)}",
        f"Use sparse_categorical_crossentropy, or keras.utils.to_categorical({bare(fault)}, {classes}).",
        "sparse_categorical_crossentropy",
    )
