"""Something that is not a layer is added to a Sequential.

What it does: finds classes, lists, strings, functions and tensors in a Sequential.

Why is this bad: Keras raises "Only instances of `keras.Layer` can be added to a Sequential model".

Example:

    model.add(LSTM)

Use instead:

    model.add(LSTM(32))

References: https://keras.io/guides/sequential_model/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import (
    External,
    ListValue,
    Tensor,
)

BAD = [
    """
import keras
from keras.layers import LSTM
model = keras.Sequential()
model.add(LSTM)
""",
    """
import keras
from keras.layers import Dense
model = keras.Sequential()
model.add([Dense(4), Dense(1)])
""",
    """
import keras
model = keras.Sequential()
model.add("relu")
""",
    """
import keras
model = keras.Sequential()
model.add(keras.layers.Lin)
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM
model = keras.Sequential()
model.add(LSTM(32))
""",
]


@claim("API012", "not-a-layer", Severity.ERROR, kinds=("not-a-layer",), specificity=10)
def not_a_layer(fault: Fault, program: Program) -> Finding | None:
    value = fault.details.get("value")
    place = fault.blamed[0] if fault.blamed else fault.place
    if isinstance(value, External):
        module, _, name = value.name.rpartition(".")
        if not program.exports(value.name):
            right = program.likeliest(value.spelled) if program.lacks(value.spelled) else None
            advice = f"Use {right}." if right else "See how the one that you mean is spelled."
            text = f"{module} has no layer `{name}`, so this raises AttributeError. {advice}"
            return Finding(place, text, key=place.node)
        told, advice = f"{name} is a class", f"Make one: {name}(...)."
    elif isinstance(value, (ListValue, tuple)):
        told, advice = "this is a list", "Add its layers one by one, or give the list to Sequential."
    elif isinstance(value, str):
        told, advice = f'"{value}" is a string', f'Write Activation("{value}") if that is what you mean.'
    elif isinstance(value, Tensor):
        told, advice = "this is a tensor, what a layer returned", "Add the layer itself, without calling it."
    elif value is None:
        told, advice = "this is None", "See where it comes from: a function without return gives None."
    else:
        told, advice = f"this is {fault.got}", "Wrap a function in Lambda."
    return Finding(
        place, f"A Sequential holds layers, but {told}, and Keras refuses it. {advice}", key=fault.place.node
    )
