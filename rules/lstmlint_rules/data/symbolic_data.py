"""A symbolic tensor is given to fit, evaluate or predict.

What it does: finds Inputs, and what layers make of them, where a model wants data.

Why is this bad: a symbolic tensor is a place in the model that data will pass, and has no values. Keras raises
TypeError, "int() argument must be a string, a bytes-like object or a real number, not 'NoneType'".

Example:

    inputs = keras.Input((10, 3))
    model = keras.Model(inputs, LSTM(1)(inputs))
    model.predict(inputs)

Use instead:

    model.predict(X)

References: https://keras.io/guides/functional_api/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

_HEAD = """
import keras
import numpy as np
inputs = keras.Input((10, 3))
outputs = keras.layers.LSTM(1)(inputs)
model = keras.Model(inputs, outputs)
model.compile("adam", "mse")
"""
BAD = [
    _HEAD + "model.predict(inputs)\n",
    _HEAD + "model.fit(inputs, np.zeros((4, 1)), verbose=0)\n",
    _HEAD + "model.fit(np.zeros((4, 10, 3)), outputs, verbose=0)\n",
]
GOOD = [
    _HEAD + "model.fit(np.zeros((4, 10, 3)), np.zeros((4, 1)), verbose=0)\nsymbolic = model(inputs)\n",
]


@claim("DAT034", "symbolic-data", Severity.ERROR, kinds=("symbolic-data",), specificity=10)
def symbolic_data(fault: Fault, program: Program) -> Finding | None:
    place, tensor = fault.blamed[0] if fault.blamed else fault.place, fault.details["value"]
    name = (
        f"`{place.text}`"
        if fault.blamed and len(place.text) < 30 and "\n" not in place.text
        else f"`{fault.details['argument']}`"
    )
    return Finding(
        place,
        f"{name} is a symbolic tensor, {tensor.shape}: a place in the model that data will pass, without values. Give the data, an array.",
        related=(("it is made here", tensor.place),) if tensor.place is not None else (),
        key=fault.place.node,
    )
