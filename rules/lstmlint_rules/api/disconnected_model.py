"""A model's output needs an input that the model doesn't have.

What it does: goes back from the outputs of `Model(inputs, outputs)` to the inputs that they are computed from.

Why is this bad: Keras raises: an output is not connected to the inputs.

Example:

    model = Model(a, Add()([a, b]))

Use instead:

    model = Model([a, b], Add()([a, b]))

References: https://keras.io/guides/functional_api/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import (
    Tensor,
)

from ..evidence import (
    line,
)

BAD = [
    """
import keras
from keras.layers import Add
a, b = keras.Input((4,)), keras.Input((4,))
model = keras.Model(a, Add()([a, b]))
""",
]
GOOD = [
    """
import keras
from keras.layers import Add
a, b = keras.Input((4,)), keras.Input((4,))
model = keras.Model([a, b], Add()([a, b]))
""",
]


@claim("API010", "disconnected-model", Severity.ERROR, kinds=("disconnected",), specificity=10)
def disconnected_model(fault: Fault, program: Program) -> Finding | None:
    tensor = fault.details.get("tensor")
    name = tensor.name if isinstance(tensor, Tensor) else None
    place = tensor.place if isinstance(tensor, Tensor) else None
    what = f"the input `{name}`" if name else "an input"
    where = f" on {line(place)}" if place is not None else ""
    return Finding(
        fault.place,
        f"The outputs can't be computed from these inputs alone: they need {what}{where} as well, and Keras refuses the model. "
        f"Add it to the inputs.",
        related=(("this is needed too", place),) if place is not None else (),
        key=fault.place.node,
    )
