"""An optimizer's class instead of an optimizer.

What it does: finds `optimizer=Adam` without parentheses. (Losses and metrics may be given as classes, Keras makes the
object itself.)

Why is this bad: compile wants an object and raises.

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
    return Finding(
        place,
        f"`{place.text}` is the class, but compile wants an optimizer. Call it: {place.text}().",
        fix=safe_fix(f"Call the class: {place.text}().", insert_after(place, "()")),
        key=fault.place.node,
    )
