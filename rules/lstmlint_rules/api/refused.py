"""Keras refuses this, and no other rule has a name for it.

What it does: reports what Keras would refuse, in the words of its own exception. What NumPy and other libraries would refuse
is left alone: an error of this tool means that Keras raises.

Why is this bad: the program stops here.

Example:

    model = Sequential([Dense(4, name="first")])
    layer = model.get_layer("last")

Use instead:

    model = Sequential([Dense(4, name="first")])
    layer = model.get_layer("first")

References: https://keras.io/api/
"""

from __future__ import annotations

import re

from lstmlint.diagnostic import ShapePair
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..evidence import subject_name

BAD = [
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(4, name="first")])
layer = model.get_layer("last")
""",
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(4)])
model.add(keras.layers.InputLayer(shape=(3,)))
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(4, name="first")])
layer = model.get_layer("first")
""",
]


@claim("API009", "refused", Severity.ERROR, kinds=("*",), specificity=-100)
def refused(fault: Fault, program: Program) -> Finding | None:
    if not fault.raises or fault.kind in ("python-exception", "initial-state-size"):  # RNN010 speaks of the states
        return None
    if isinstance(fault.subject, str) and not fault.subject.startswith(("keras.", "tensorflow.keras.")):
        return None
    wanted = (
        f"it needs {fault.required}" + (f" but gets {fault.got}" if fault.got else "") if fault.required else fault.got
    )
    told = fault.message.strip().rstrip(".") or wanted or fault.kind.replace("-", " ")
    plain = re.search(r"\b(Expected|Existing|must be|already)\b", fault.message)
    advice = f" In short, {wanted}." if fault.message and fault.required and not plain else ""
    return Finding(
        fault.place,
        f"{subject_name(fault)} refuses this: {told}.{advice}",
        shapes=ShapePair(fault.required, fault.got) if fault.required and fault.got else None,
        key=fault.place.node,
    )
