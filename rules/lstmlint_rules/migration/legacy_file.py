"""A model with string losses is saved as .h5 and loaded again.

What it does: finds `load_model` of a .h5 file that the same program saves, by itself or by a ModelCheckpoint, compiled
with the loss "mse", "mae" or another one by its short name.

Why is this bad: Keras 3 can't find these functions when it reads the old format: "Could not deserialize
'keras.metrics.mse'".

Example:

    model.compile("adam", "mse")
    model.save("model.h5")
    model = load_model("model.h5")

Use instead:

    model.compile("adam", "mse")
    model.save("model.keras")
    model = load_model("model.keras")

References: https://keras.io/guides/serialization_and_saving/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

BAD = [
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("adam", "mse")
model.save("/tmp/legacy_file_example.h5")
again = keras.models.load_model("/tmp/legacy_file_example.h5")
""",
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("adam", "mae")
best = keras.callbacks.ModelCheckpoint("/tmp/legacy_file_example.h5", monitor="loss")
model.fit(np.zeros((4, 3)), np.zeros((4, 1)), callbacks=[best])
again = keras.models.load_model("/tmp/legacy_file_example.h5")
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("adam", "mse")
model.save("/tmp/legacy_file_example.keras")
again = keras.models.load_model("/tmp/legacy_file_example.keras")
""",
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("adam", "mse")
model.save("/tmp/legacy_file_example.h5")
again = keras.models.load_model("/tmp/legacy_file_example.h5", custom_objects={"mse": "mse"})
""",
]


@claim("MIG014", "legacy-file", Severity.ERROR, kinds=("legacy-file",), specificity=10)
def legacy_file(fault: Fault, program: Program) -> Finding:
    name = fault.details["name"]
    return Finding(
        fault.place,
        f'This file was saved with "{name}", which Keras 3 can\'t find again in a .h5 file. Save the model as .keras, or load it with '
        f"compile=False.",
        related=(("the model is saved here", fault.details["saved"]),),
        key=fault.place.node,
    )
