"""One output per timestep is compared with one target per sample.

What it does: finds models whose last recurrent layer returns its whole sequence while there is one target for each
sample, with a loss that refuses that.

Why is this bad: the loss wants as many targets as outputs, and Keras raises in the first batch.

Example:

    model.add(LSTM(8, return_sequences=True))
    model.add(Dense(1, activation="sigmoid"))
    model.compile("adam", "binary_crossentropy")
    model.fit(X, y)  # y: (samples,)

Use instead:

    model.add(LSTM(8))
    model.add(Dense(1, activation="sigmoid"))

References: https://keras.io/guides/working_with_rnns/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..training import (
    is_sequence_against_samples,
    mistake,
    one_value_each,
    output_words,
    pair,
    related,
    sequence_layer,
    target_name,
)

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((5, 3)), LSTM(4, return_sequences=True), Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
model.fit(np.zeros((8, 5, 3)), np.zeros((8, 1)))
""",
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((5, 3)), LSTM(4, return_sequences=True), Dense(3, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(np.zeros((8, 5, 3)), np.zeros(8))
""",
    """
import os
import keras
import numpy as np
from keras.layers import LSTM, Dense
chars = sorted(set(os.getcwd()))
X, y = np.zeros((8, 5, len(chars))), np.zeros((8, len(chars)))
model = keras.Sequential([keras.Input((5, len(chars))), LSTM(4, return_sequences=True), Dense(len(chars), activation="softmax")])
model.compile("adam", "categorical_crossentropy")
model.fit(X, y)
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((5, 3)), LSTM(4), Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
model.fit(np.zeros((8, 5, 3)), np.zeros((8, 1)), verbose=0)
""",
]


@claim("OUT007", "sequence-against-samples", Severity.ERROR, kinds=("target-shape",), specificity=30)
def sequence_against_samples(fault: Fault, program: Program) -> Finding | None:
    if not is_sequence_against_samples(fault):
        return None
    layer = sequence_layer(fault)
    if layer is None:
        return None
    has = "has" if target_name(fault).startswith("`") else "have"
    return Finding(
        fault.place,
        f"The model returns one value per timestep, {output_words(fault)}, but {target_name(fault)} {fault.details['target_shape']} {has} one per "
        f"sample. {one_value_each(fault, layer)}, or give targets for each timestep.",
        related=related(fault),
        shapes=pair(fault),
        key=mistake(fault, program),
    )
