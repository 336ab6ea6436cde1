"""The number of features is None.

What it does: finds layers whose weights depend on an axis that the input leaves open.

Why is this bad: weights need sizes. Only the batch and the time axis may be None; Keras raises otherwise.

Example:

    Input((10, None)), LSTM(4)

Use instead:

    Input((None, 10)), LSTM(4)

References: https://keras.io/api/layers/core_layers/input/
"""

from __future__ import annotations

from lstmlint.diagnostic import ShapePair
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..evidence import subject_name

BAD = [
    """
import keras
model = keras.Sequential([keras.Input((10, None)), keras.layers.LSTM(4)])
""",
]
GOOD = [
    """
import keras
model = keras.Sequential([keras.Input((None, 10)), keras.layers.LSTM(4)])
""",
]


@claim("SHP008", "open-feature-axis", Severity.ERROR, kinds=("undefined-axis",), specificity=10)
def open_feature_axis(fault: Fault, program: Program) -> Finding | None:
    return Finding(
        fault.place,
        f"{subject_name(fault)} makes weights for every feature and needs {fault.required}, but gets {fault.got}. "
        f"Only the batch and the timesteps may be None: name the number of features in the input's shape.",
        shapes=ShapePair(fault.required, fault.got),
        key=fault.place.node,
    )
