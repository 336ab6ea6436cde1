"""Class weights or sample weights that don't fit the targets.

What it does: finds class weights that aren't a dict, that stand beside sample weights or go with targets for each
timestep, and weights whose shape the loss's values can't be multiplied by.

Why is this bad: Keras raises before or in the first batch.

Example:

    model.fit(X, y, class_weight=[1.0, 5.0])

Use instead:

    model.fit(X, y, class_weight={0: 1.0, 1: 5.0})

References: https://keras.io/api/models/model_training_apis/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
model.fit(np.zeros((8, 4)), np.zeros((8, 1)), class_weight=[1.0, 5.0])
""",
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((5, 4)), LSTM(3, return_sequences=True), Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
model.fit(np.zeros((8, 5, 4)), np.zeros((8, 5, 1)), class_weight={0: 1.0, 1: 5.0})
""",
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((5, 4)), LSTM(3, return_sequences=True), Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 5, 4)), np.zeros((8, 5, 1)), sample_weight=np.ones(8))
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
model.fit(np.zeros((8, 4)), np.zeros((8, 1)), class_weight={0: 1.0, 1: 5.0}, verbose=0)
""",
    """
import json
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((4,)), Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
settings = json.loads('{"units": 4, "epochs": 2}')
chosen = {k: v for k, v in settings.items() if k in ("epochs", "class_weight", "sample_weight")}
model.fit(np.zeros((8, 4)), np.zeros((8, 1)), verbose=0, **chosen)
""",
]


@claim("DAT014", "weights-do-not-fit", Severity.ERROR, kinds=("class-weight", "weights-shape"), specificity=0)
def weights_do_not_fit(fault: Fault, program: Program) -> Finding | None:
    place = fault.blamed[0] if fault.blamed else fault.place
    if fault.kind == "weights-shape":
        values = fault.details["values"]
        each = {1: "sample", 2: "sample and timestep"}.get(values.rank, "value")
        told = (
            f"`{fault.details['argument']}` gives weights {fault.got}, but the loss has values of shape {values}: one for each {each}. Give "
            "sample_weight of that shape."
        )
    elif "target" in fault.details:
        told = f"class_weight wants one class per sample, but the targets are {fault.details['target'].shape}. Use sample_weight of shape (samples, timesteps)."
    elif "dict" in fault.required:
        short = len(place.text) < 30 and fault.got not in ("a int", "a float", "a str")
        write = f"dict(enumerate({place.text}))" if short else "{0: 1.0, 1: 5.0}"
        told = f"class_weight is {fault.got}, and Keras looks weights up in a dict. Write {write}, one entry per class."
    else:
        told = f"Keras takes {fault.required}, but there are {fault.got}. Use sample_weight alone."
        # where each of the two is chosen by itself, whoever runs it may never choose both
        if len(program.conditions_of(fault)) > 1:
            return Finding(place, told, severity=Severity.WARNING, key=fault.place.node)
    return Finding(place, told, key=fault.place.node)
