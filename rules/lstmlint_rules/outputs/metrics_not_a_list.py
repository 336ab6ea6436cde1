"""Metrics that aren't in a list.

What it does: finds a single name or object as `metrics`.

Why is this bad: compile wants a list, a tuple or a dict, and raises.

Example:

    model.compile("adam", "mse", metrics="mae")

Use instead:

    model.compile("adam", "mse", metrics=["mae"])

Fix safety: a list of one metric is what compile wants.

References: https://keras.io/api/metrics/
"""

from __future__ import annotations

from lstmlint.edits import replace, safe_fix
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("adam", "mse", metrics="mae")
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("adam", "mse", metrics=["mae"])
""",
]


@claim("OUT016", "metrics-not-a-list", Severity.ERROR, kinds=("metrics-not-a-list",), specificity=0)
def metrics_not_a_list(fault: Fault, program: Program) -> Finding | None:
    place = fault.blamed[0] if fault.blamed else fault.place
    return Finding(
        place,
        f"`{fault.details['argument']}` is {fault.got}, but compile takes a list of them. Write [{place.text}].",
        fix=safe_fix("Put it in a list.", replace(place, f"[{place.text}]")),
        key=fault.place.node,
    )
