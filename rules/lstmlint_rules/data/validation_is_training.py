"""The training data are the validation data.

What it does: finds `fit(X, y, validation_data=(X, y))` with the very same arrays. A handful of samples, such as the
truth table of a logic gate, has nothing that could be held back.

Why is this bad: such a validation says nothing that the training loss doesn't, and hides that a model only learns by
heart.

Example:

    model.fit(X, y, validation_data=(X, y))

Use instead:

    model.fit(X, y, validation_split=0.2)

References: https://keras.io/api/models/model_training_apis/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    Array,
    Dataset,
    ListValue,
)

BAD = [
    """
import keras
import numpy as np
from keras.layers import Dense
X, y = np.zeros((8, 3)), np.zeros((8, 1))
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("adam", "mse")
model.fit(X, y, validation_data=(X, y), verbose=0)
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import Dense
X, y = np.zeros((8, 3)), np.zeros((8, 1))
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("adam", "mse")
model.fit(X, y, validation_split=0.25, verbose=0)
""",
    """
import keras
import numpy as np
from keras.layers import Dense
np.savez("parts.npz", X=np.zeros((8, 3)), y=np.zeros((8, 1)), X_val=np.zeros((4, 3)), y_val=np.zeros((4, 1)))
parts = np.load("parts.npz")
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("adam", "mse")
model.fit(parts["X"], parts["y"], validation_data=(parts["X_val"], parts["y_val"]), verbose=0)
""",
    """
import keras
import numpy as np
from keras.layers import Dense
X, y = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0, 1, 1, 0])
model = keras.Sequential([keras.Input((2,)), Dense(2, activation="tanh"), Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
model.fit(X, y, validation_data=(X, y), verbose=0)
""",
]
HANDFUL = 8
"""Fewer samples than these are all that there is."""


@check("DAT024", "validation-is-training", Severity.WARNING)
def validation_is_training(program: Program) -> Iterator[Finding]:
    for use in program.uses:
        given = use.validation
        items = given.items if isinstance(given, ListValue) else given if isinstance(given, tuple) else ()
        if use.method == "fit" and items and isinstance(use.x, (Array, Dataset)) and items[0] is use.x:
            if isinstance(use.x, Array) and use.x.shape.rank and (use.x.shape[0].known or HANDFUL) < HANDFUL:
                continue
            yield Finding(
                use.arguments.place("validation_data") or use.place,
                "The model is validated with the data that it is trained on, so that the validation can't show overfitting. "
                "Hold some data back, with validation_split or a split of your own.",
            )
