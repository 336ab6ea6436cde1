"""Flatten makes one vector of a sequence whose length is open.

What it does: finds layers with weights behind a Flatten whose input has None timesteps.

Why is this bad: Keras raises: the number of features is None, and weights can't be made for it.

Example:

    model = Sequential([Input((None, 3)), LSTM(4, return_sequences=True), Flatten(), Dense(1)])

Use instead:

    model = Sequential([Input((None, 3)), LSTM(4), Dense(1)])

References: https://keras.io/api/layers/recurrent_layers/
"""

from __future__ import annotations

from lstmlint.diagnostic import ShapePair
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..evidence import (
    before,
    line,
    subject_name,
)

BAD = [
    """
import keras
from keras.layers import Dense, Flatten, LSTM
model = keras.Sequential([keras.Input((None, 3)), LSTM(4, return_sequences=True), Flatten(), Dense(1)])
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense, GlobalAveragePooling1D, LSTM
model = keras.Sequential([keras.Input((None, 3)), LSTM(4, return_sequences=True), GlobalAveragePooling1D(), Dense(1)])
""",
]


@claim("SHP011", "flatten-open-sequence", Severity.ERROR, kinds=("undefined-axis",), specificity=20)
def flatten_open_sequence(fault: Fault, program: Program) -> Finding | None:
    call = next((c for way in program.ways for c in way.layer_calls if c.refused is fault), None)
    source = before(call) if call is not None else None
    if source is None or source.layer.class_name != "Flatten":
        return None
    return Finding(
        fault.place,
        f"{subject_name(fault)} makes weights for every feature, but the Flatten on {line(source.layer.place)} joins an open number of timesteps, "
        f"{source.input_shape}. Use GlobalAveragePooling1D, return only the last step, or fix the number of timesteps.",
        related=(
            (f"Flatten turns {source.input_shape} into {source.output_shape}", source.layer.place or source.place),
        ),
        shapes=ShapePair(fault.required, fault.got),
        key=fault.place.node,
    )
