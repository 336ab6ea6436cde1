"""The number of epochs or the batch size is a float.

What it does: finds floats for `epochs` and `batch_size`.

Why is this bad: Keras raises TypeError when training begins. In Python 3, `/` gives a float even where it divides
exactly.

Example:

    model.fit(X, y, batch_size=64 / 2)

Use instead:

    model.fit(X, y, batch_size=64 // 2)

References: https://keras.io/api/models/model_training_apis/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    Array,
)

BAD = [
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("sgd", "mse")
model.fit(np.ones((4, 3)), np.ones((4, 1)), batch_size=4 / 2)
""",
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("sgd", "mse")
model.fit(np.ones((4, 3)), np.ones((4, 1)), epochs=2.0)
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("sgd", "mse")
model.fit(np.ones((4, 3)), np.ones((4, 1)), batch_size=4 // 2, verbose=0)
""",
]


@check("API029", "epochs-not-an-integer", Severity.ERROR)
def epochs_not_an_integer(program: Program) -> Iterator[Finding]:
    for use in program.uses:
        if use.method != "fit" or not isinstance(use.x, Array):
            continue
        for name in ("epochs", "batch_size"):
            value, place = use.arguments.get(name), use.arguments.place(name)
            if isinstance(value, float) and place is not None:
                yield Finding(
                    place,
                    f"`{name}` is the float {value}, and fit raises TypeError for it. Write `//` to divide, or wrap it in int(...).",
                    key=use.place.node,
                )
