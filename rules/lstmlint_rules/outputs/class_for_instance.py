"""The class of an optimizer or a callback instead of one of its objects.

What it does: finds `optimizer=Adam` and `callbacks=[EarlyStopping]` without parentheses. (Losses and metrics may be
given as classes, Keras makes the object itself.)

Why is this bad: compile and fit want objects and raise.

Example:

    model.compile(optimizer=keras.optimizers.Adam, loss="mse")

Use instead:

    model.compile(optimizer=keras.optimizers.Adam(), loss="mse")

Fix safety: the parentheses make what compile wants, with the default settings.

References: https://keras.io/api/optimizers/
"""

from __future__ import annotations

from lstmlint.edits import insert_after, safe_fix
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile(keras.optimizers.Adam, "mse")
""",
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("sgd", "mse")
model.fit(np.ones((4, 4)), np.ones((4, 1)), callbacks=[keras.callbacks.EarlyStopping], verbose=0)
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile(keras.optimizers.Adam(), "mse")
""",
]


@claim("OUT015", "class-for-instance", Severity.ERROR, kinds=("class-for-instance",), specificity=0)
def class_for_instance(fault: Fault, program: Program) -> Finding | None:
    place = fault.blamed[0] if fault.blamed else fault.place
    if fault.details["argument"] == "callbacks":
        name = fault.details["name"]
        return Finding(
            place, f"`{name}` is the class, but fit wants callbacks that were made of it. Call it: {name}(...).", key=fault.place.node
        )  # fmt: skip
    return Finding(
        place,
        f"`{place.text}` is the class, but compile wants an optimizer. Call it: {place.text}().",
        fix=safe_fix(f"Call the class: {place.text}().", insert_after(place, "()")),
        key=fault.place.node,
    )
