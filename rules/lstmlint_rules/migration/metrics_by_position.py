"""Metrics given to `compile` third, by position.

What it does: finds names of metrics, and metrics themselves, as `loss_weights`. Where the model is trained or evaluated on that, Keras raises, and so it
does at once for a single metric without brackets; where nothing is seen of it this is a warning.

Why is this bad: the third argument of `compile` was `metrics` in Keras 2 and is `loss_weights` in Keras 3. A loss can't be multiplied by a name, and
nothing says that the metrics are missing.

Example:

    model.compile("adam", "mse", ["mae"])

Use instead:

    model.compile("adam", "mse", metrics=["mae"])

Fix safety: safe: the argument gets its keyword, which is the same in every version.

References: https://keras.io/api/models/model_training_apis/
"""

from __future__ import annotations

import ast

from lstmlint.edits import insert_before, safe_fix
from lstmlint.faults import Fault
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..evidence import line

BAD = [
    """
import keras
import numpy as np
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse", ["mae"])
model.fit(np.zeros((8, 4)), np.zeros(8), verbose=0)
""",
    """
import keras
import numpy as np
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", [keras.metrics.AUC()])
model.evaluate(np.zeros((8, 4)), np.zeros(8), verbose=0)
""",
    """
import keras
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse", "mae")
""",
]
GOOD = [
    """
import keras
import numpy as np
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse", metrics=["mae"])
model.fit(np.zeros((8, 4)), np.zeros(8), verbose=0)
""",
    """
import keras
import numpy as np
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse", [0.5])
model.fit(np.zeros((8, 4)), np.zeros(8), verbose=0)
""",
]


@claim("MIG022", "metrics-by-position", Severity.ERROR, kinds=("metrics-for-weights",), specificity=20)
def metrics_by_position(fault: Fault, program: Program) -> Finding | None:
    place = fault.blamed[0] if fault.blamed else fault.place
    if not fault.raises and any(_same(other, fault) for other in program.faults):
        return None
    used = fault.details.get("used")
    where = f"on {line(used)} " if isinstance(used, Place) else "" if fault.raises else "wherever the model is trained "
    told = f"`loss_weights` comes third in Keras 3, so `{place.text}` is no metric here but a weight of the loss, and {where}Keras raises"
    word = place.node
    call = next((c.place.node for c in program.compiles if c.arguments.place("loss_weights") is place), None)
    by_position = (
        isinstance(call, ast.Call) and word in call.args and not any(k.arg == "metrics" for k in call.keywords)
    )
    return Finding(
        place,
        f"{told}. Write metrics={place.text}.",
        fix=safe_fix("Give the metrics their keyword.", insert_before(place, "metrics=")) if by_position else None,
        severity=None if fault.raises else Severity.WARNING,
        key=fault.place.node,
    )


def _same(other: Fault, fault: Fault) -> bool:
    """Has a call raised for the same metrics?"""
    return other.kind == fault.kind and other.raises and other.blamed == fault.blamed
