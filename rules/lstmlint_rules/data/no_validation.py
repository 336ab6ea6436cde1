"""A model is trained without validation.

What it does: finds `fit` over several epochs without `validation_data` and `validation_split`.

Why is this bad: nothing shows when the model begins to learn its training data by heart.

Example:

    model.fit(X, y, epochs=100)

Use instead:

    model.fit(X, y, epochs=100, validation_split=0.2)

References: https://keras.io/api/models/model_training_apis/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

BAD = [
    """
import keras
import numpy as np
from keras.layers import Dense
X, y = np.zeros((8, 3)), np.zeros((8, 1))
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("adam", "mse")
model.fit(X, y, epochs=2, verbose=0)
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
model.fit(X, y, epochs=2, validation_split=0.25, verbose=0)
""",
]


@check("DAT026", "no-validation", Severity.INFO)
def no_validation(program: Program) -> Iterator[Finding]:
    for use in program.uses:
        epochs = use.arguments.get("epochs") if use.method == "fit" and not use.arguments.open else None
        if not isinstance(epochs, int) or epochs < 2 or use.validation is not None:
            continue
        if use.arguments.get("validation_split") in (0, 0.0, None):
            yield Finding(
                use.place,
                f"Over these {epochs} epochs nothing shows whether the model learns its data by heart. Hold a part back: validation_split=0.2.",
            )
