"""The activation is a shape, a number, a flag, or a misspelt name.

What it does: looks at what reaches an argument such as `activation`, which is the second positional one of Dense, LSTM, GRU and
SimpleRNN.

Why is this bad: Keras raises "Could not interpret activation function identifier".

Example:

    LSTM(32, (10, 64))

Use instead:

    LSTM(32, input_shape=(10, 64))

References: https://keras.io/api/layers/activations/
"""

from __future__ import annotations

import difflib

from lstmlint.faults import Fault
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..evidence import RECURRENT

BAD = [
    """
import keras
layer = keras.layers.LSTM(32, (10, 64))
""",
    """
import keras
layer = keras.layers.LSTM(32, True)
""",
    """
import keras
layer = keras.layers.Dense(4, activation="ReLU")
""",
]
GOOD = [
    """
import keras
layer = keras.layers.LSTM(32, "tanh", return_sequences=True)
""",
    """
import keras
layer = keras.layers.Dense(4, activation="relu")
""",
]


@claim("API003", "not-an-activation", Severity.ERROR, kinds=("not-an-activation",), specificity=10)
def not_an_activation(fault: Fault, program: Program) -> Finding | None:
    layer, name, value = fault.subject, fault.details.get("argument"), fault.details.get("value")
    place = fault.blamed[0] if fault.blamed else fault.place
    second = name == "activation" and layer.class_name in (*RECURRENT, "Dense")
    first = f"The second positional argument of {layer.class_name} is `activation`, and {{}} is none."
    if not second:
        first = f"{layer.class_name} takes `{name}` as a name or a function, and {{}} is none."
    if isinstance(value, tuple):
        return _found(fault, place, first.format(value) + f" Write input_shape={value}, or put an Input in front.")
    if isinstance(value, bool):
        return _found(
            fault, place, first.format(value) + f" Name the argument that you mean, such as return_sequences={value}."
        )
    if isinstance(value, (int, float)):
        told = (
            first.format(place.text) + " Name the argument that you mean; sizes of the input belong into Input(shape)."
        )
        return _found(fault, place, told)
    if not isinstance(value, str):
        return None
    known = sorted(fault.details.get("accepted", ()))
    if value.lower() in known:
        told = f'Keras has no activation "{value}", because names are in small letters. Write "{value.lower()}".'
        return _found(fault, place, told)
    near = difflib.get_close_matches(value.lower(), known, 1)
    advice = f'Did you mean "{near[0]}"?' if near else "Give a name that keras.activations has, or a function."
    return _found(fault, place, f'Keras has no activation "{value}". {advice}')


def _found(fault: Fault, place: Place, message: str) -> Finding:
    return Finding(place, message, key=fault.place.node)
