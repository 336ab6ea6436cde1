"""Batches that don't have the batch size of a stateful layer.

What it does: divides the number of samples by the batch size, validation_split included, and compares each batch with
the one that the states are made for.

Why is this bad: a stateful layer keeps one state per row of its batch. A batch of another size finds no state, and
Keras raises.

Example:

    model = Sequential([Input(batch_shape=(4, 5, 3)), LSTM(8, stateful=True), Dense(1)])
    model.fit(X, y, batch_size=4)  # X has 10 samples

Use instead:

    model.fit(X[:8], y[:8], batch_size=4)

References: https://keras.io/guides/working_with_rnns/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..evidence import line
from ..training import counted

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input(batch_shape=(4, 5, 3)), LSTM(2, stateful=True), Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((10, 5, 3)), np.zeros((10, 1)), batch_size=4)
""",
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input(batch_shape=(4, 5, 3)), LSTM(2, stateful=True), Dense(1)])
model.predict(np.zeros((3, 5, 3)))
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input(batch_shape=(4, 5, 3)), LSTM(2, stateful=True), Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 5, 3)), np.zeros((8, 1)), batch_size=4, verbose=0)
""",
]


@claim("DAT012", "stateful-batches", Severity.ERROR, kinds=("stateful-batches",), specificity=0)
def stateful_batches(fault: Fault, program: Program) -> Finding | None:
    size, fixed, layer = fault.details["size"], fault.details["fixed"], fault.details["layer"]
    samples, use = fault.details["samples"], fault.details["use"]
    whole = f"the {counted(samples, 'sample')}" if samples.known is not None else "the samples"
    asked = (
        ""
        if fault.details["explicit"] or "batch" in use.method
        else f" (`{use.method}` takes 32 at a time unless told otherwise)"
    )
    return Finding(
        fault.place,
        f"The {layer.class_name} on {line(layer.place)} is stateful with a batch size of {fixed}, but {whole} {'gives' if samples.known == 1 else 'give'} a batch of {size}{asked}. Use "
        f"batch_size={fixed} and a number of samples that it divides.",
        related=((f"the {layer.class_name} keeps states here", layer.place),) if layer.place is not None else (),
        key=fault.place.node,
    )
