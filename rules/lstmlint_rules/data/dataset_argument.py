"""An argument that doesn't go with a dataset.

What it does: finds y, sample_weight and validation_split beside a tf.data.Dataset, a generator or a Sequence.

Why is this bad: a dataset brings its own targets and weights, and Keras can't split one: it raises before the first
batch.

Example:

    model.fit(dataset, validation_split=0.2)

Use instead:

    model.fit(dataset.skip(20), validation_data=dataset.take(20))

References: https://keras.io/guides/training_with_built_in_methods/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

BAD = [
    """
import keras
import numpy as np
import tensorflow as tf
from keras.layers import Dense
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("adam", "mse")
data = tf.data.Dataset.from_tensor_slices((np.zeros((8, 4)), np.zeros((8, 1)))).batch(4)
model.fit(data, validation_split=0.25)
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
model.fit(data, validation_data=data, verbose=0)
""",
]


@claim("DAT010", "dataset-argument", Severity.ERROR, kinds=("dataset-argument",), specificity=0)
def dataset_argument(fault: Fault, program: Program) -> Finding | None:
    argument = fault.details["argument"]
    advice = {
        "validation_split": "Split it yourself with take and skip, and give validation_data.",
        "y": "Let the dataset's elements be (x, y) pairs.",
    }.get(argument, "Let its elements be (x, y, sample_weight) triples.")
    place = fault.blamed[0] if fault.blamed else fault.place
    return Finding(
        place,
        f"`{argument}` can't be given beside a dataset, which Keras takes as it is. {advice}",
        key=fault.place.node,
    )
