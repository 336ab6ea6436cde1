"""A dataset of single samples is given to a model.

What it does: finds a tf.data.Dataset that was never batched in fit, evaluate or predict, and a generator that gives single numbers.

Why is this bad: the model takes the first axis of a sample for the batch, and then finds one axis too few.

Example:

    model.fit(dataset)

Use instead:

    model.fit(dataset.batch(32))

References: https://keras.io/guides/training_with_built_in_methods/
"""

from __future__ import annotations

from lstmlint.diagnostic import ShapePair
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..training import model_input

BAD = [
    """
import keras
import numpy as np
import tensorflow as tf
from keras.layers import Dense
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("adam", "mse")
data = tf.data.Dataset.from_tensor_slices((np.zeros((8, 4)), np.zeros((8, 1))))
model.fit(data)
""",
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((5, 3)), LSTM(4), Dense(1)])
model.compile("adam", "mse")
rows = np.zeros((20, 3))
def windows():
    while True:
        for i in range(len(rows) - 5):
            yield rows[i:i + 5], rows[i + 5, 0]
model.fit(windows(), steps_per_epoch=2)
""",
]
GOOD = [
    """
import keras
import numpy as np
import tensorflow as tf
from keras.layers import Dense
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("adam", "mse")
data = tf.data.Dataset.from_tensor_slices((np.zeros((8, 4)), np.zeros((8, 1)))).batch(4)
model.fit(data, verbose=0)
""",
]


@claim("DAT003", "unbatched-dataset", Severity.ERROR, kinds=("input-rank", "number-in-batch"), specificity=30)
def unbatched_dataset(fault: Fault, program: Program) -> Finding | None:
    dataset = fault.details.get("dataset")
    if fault.kind == "number-in-batch":
        return Finding(
            fault.place,
            "The generator gives a single number where Keras wants one for each sample of a batch, and refuses it. Yield whole batches, or give "
            "each sample a batch axis of its own: x[np.newaxis], np.array([y]).",
            key=fault.place.node,
        )
    if not fault.details.get("single") or dataset is None:
        return None
    return Finding(
        fault.place,
        f"The dataset's elements are single samples {fault.details['shape']}, but the model wants batches, {model_input(fault)}. Call "
        ".batch(batch_size) on it.",
        related=(("the dataset is made here", dataset.place),) if dataset.place is not None else (),
        shapes=ShapePair(str(fault.details["expected"]), str(fault.details["shape"])),
        key=fault.place.node,
    )
