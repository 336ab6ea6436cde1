"""The test data steer the training.

What it does: finds `validation_data` that are named like test data, in trainings with callbacks that watch the
validation, such as EarlyStopping.

Why is this bad: the epoch at which training stops, or the weights that are kept, are chosen by the test data. They
can no longer say how good the model is on data that it has not seen.

Example:

    model.fit(X, y, validation_data=(X_test, y_test), callbacks=[EarlyStopping()])

Use instead:

    model.fit(X, y, validation_data=(X_val, y_val), callbacks=[EarlyStopping()])

References: https://keras.io/api/callbacks/early_stopping/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    Array,
    Object,
    flatten,
)

BAD = [
    """
import keras
import numpy as np
from keras.layers import Dense
X_test, y_test = np.zeros((8, 3)), np.zeros((8, 1))
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("adam", "mse")
model.fit(np.ones((8, 3)), y_test, validation_data=(X_test, y_test), callbacks=[keras.callbacks.EarlyStopping()], verbose=0)
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import Dense
X_val, y_val = np.zeros((8, 3)), np.zeros((8, 1))
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("adam", "mse")
model.fit(np.ones((8, 3)), y_val, validation_data=(X_val, y_val), callbacks=[keras.callbacks.EarlyStopping()], verbose=0)
""",
]


WATCH = ("EarlyStopping", "ModelCheckpoint", "ReduceLROnPlateau")


@check("DAT025", "test-set-for-validation", Severity.INFO)
def test_set_for_validation(program: Program) -> Iterator[Finding]:
    for use in program.uses:
        arrays = [a for a in flatten(use.validation) if isinstance(a, Array)]
        callbacks = (
            [c for c in flatten(use.arguments.get("callbacks")) if isinstance(c, Object)] if use.method == "fit" else []
        )
        watching = next((c for c in callbacks if c.class_name in WATCH), None)
        named = next((a for a in arrays if a.name and re.search(r"(^|_)test(_|$)|^test", a.name, re.I)), None)
        if watching is not None and named is not None:
            yield Finding(
                use.arguments.place("validation_data") or use.place,
                f"{watching.class_name} decides by `{named.name}`, so that the test data choose the model. Validate with data of their own, and keep the "
                f"test for the end.",
            )
