"""Something else than a tensor is passed to a layer by position.

What it does: finds numbers, strings, flags and functions among the positional arguments with which a layer or model
is called.

Why is this bad: Keras raises "Only input tensors may be passed as positional arguments".

Example:

    y = layer(x, True)

Use instead:

    y = layer(x, training=True)

References: https://keras.io/api/layers/base_layer/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

BAD = [
    """
import keras
from keras.layers import Dropout
x = keras.Input((3,))
y = Dropout(0.5)(x, True)
""",
]
GOOD = [
    """
import keras
from keras.layers import Dropout
x = keras.Input((3,))
y = Dropout(0.5)(x, training=True)
""",
]


@claim("API019", "positional-not-a-tensor", Severity.ERROR, kinds=("positional-not-a-tensor",), specificity=10)
def positional_not_a_tensor(fault: Fault, program: Program) -> Finding | None:
    meant = "training=" if fault.got in ("True", "False") else "name="
    return Finding(
        fault.blamed[0] if fault.blamed else fault.place,
        f"Keras takes only tensors by position when a layer is called, and refuses {fault.got}. Pass it by keyword, such as "
        f"{meant}{fault.got if meant == 'training=' else '...'}.",
        key=fault.place.node,
    )
