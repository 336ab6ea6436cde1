"""An argument that doesn't go with a dataset.

What it does: finds y, sample_weight and validation_split beside a tf.data.Dataset, a generator or a Sequence, and class_weight beside a
generator.

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
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((4,)), Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
def batches():
    while True:
        yield np.zeros((8, 4)), np.zeros((8, 1))
model.fit(batches(), steps_per_epoch=2, class_weight={0: 1.0, 1: 5.0})
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
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((4,)), Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
class Batches(keras.utils.PyDataset):
    def __len__(self):
        return 2
    def __getitem__(self, index):
        return np.zeros((8, 4)), np.zeros((8, 1))
model.fit(Batches(), class_weight={0: 1.0, 1: 5.0}, verbose=0)
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
    beside = "a Python generator" if argument == "class_weight" else "a dataset"
    return Finding(
        place,
        f"`{argument}` can't be given beside {beside}, which Keras takes as it is. {advice}",
        key=fault.place.node,
    )
