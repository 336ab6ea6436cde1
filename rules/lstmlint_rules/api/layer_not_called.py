"""A layer stands where its output belongs.

What it does: finds layers, layer classes and functions that are passed on as if they were tensors.

Why is this bad: Keras raises: a layer becomes a tensor only by being called on one.

Example:

    a = Dense(2)
    b = Dense(3)(a)

Use instead:

    a = Dense(2)(x)
    b = Dense(3)(a)

References: https://keras.io/guides/functional_api/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import (
    External,
    LayerObject,
)

from ..evidence import (
    subject_name,
)

BAD = [
    """
import keras
from keras.layers import Dense
a = Dense(2)
b = Dense(3)(a)
""",
    """
import keras
from keras.layers import Dense
x = keras.Input((4,))
model = keras.Model(x, Dense(2))
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense
x = keras.Input((4,))
a = Dense(2)(x)
model = keras.Model(x, Dense(3)(a))
""",
]


@claim("API011", "layer-not-called", Severity.ERROR, kinds=("not-a-tensor",), specificity=10)
def layer_not_called(fault: Fault, program: Program) -> Finding | None:
    value = fault.details.get("value")
    place = fault.blamed[0] if fault.blamed else fault.place
    if isinstance(value, LayerObject):
        told = f"`{place.text}` is the layer {value.class_name} itself, not what it returns"
        advice = "Call it on a tensor: layer(x)."
    elif isinstance(value, External) and value.name.startswith("keras.layers."):
        told = f"`{place.text}` is a class, not a tensor"
        advice = "Make a layer of it and call that: Class(...)(x)."
    else:
        return None
    if "\n" in place.text or len(place.text) > 60:
        told = f"this is {told.partition('is ')[2]}"
    return Finding(
        place,
        f"{subject_name(fault)} needs a tensor, but {told}. {advice}",
        related=(("the layer is made here", value.place),) if isinstance(value, LayerObject) and value.place else (),
        key=fault.place.node,
    )
