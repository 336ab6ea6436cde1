"""RepeatVector gets a sequence.

What it does: finds RepeatVector behind a recurrent layer with `return_sequences=True`.

Why is this bad: Keras raises: RepeatVector makes a sequence of one vector, (batch, features), and what it gets is a
sequence already.

Example:

    model.add(LSTM(8, return_sequences=True))
    model.add(RepeatVector(5))

Use instead:

    model.add(LSTM(8))
    model.add(RepeatVector(5))

Fix safety: safe: what reads the sequence is the RepeatVector, which can only take the last step.

References: https://keras.io/api/layers/recurrent_layers/
"""

from __future__ import annotations

from lstmlint.diagnostic import ShapePair
from lstmlint.edits import (
    remove_keyword,
    safe_fix,
)
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..evidence import (
    line,
    producer,
    subject_name,
)
from ..walk import (
    flag,
    recurrent,
)

BAD = [
    """
import keras
from keras.layers import LSTM, RepeatVector
model = keras.Sequential([keras.Input((10, 3)), LSTM(8, return_sequences=True), RepeatVector(5)])
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM, RepeatVector
model = keras.Sequential([keras.Input((10, 3)), LSTM(8), RepeatVector(5)])
""",
]


@claim("RNN017", "repeat-vector-after-sequence", Severity.ERROR, kinds=("rank",), specificity=30)
def repeat_vector_after_sequence(fault: Fault, program: Program) -> Finding | None:
    call = producer(fault)
    cell = recurrent(call.layer) if call is not None else None
    if (
        subject_name(fault) != "RepeatVector"
        or call is None
        or cell is None
        or flag(cell, "return_sequences") is not True
    ):
        return None
    return Finding(
        fault.place,
        f"RepeatVector repeats one vector, (batch, features), but gets {fault.got}: the {call.layer.class_name} on {line(call.layer.place)} "
        f"returns every step. Leave return_sequences=True out there, so that its last step is repeated.",
        related=((f"{call.layer.class_name} returns {call.output_shape} here", call.layer.place or call.place),),
        shapes=ShapePair(fault.required, fault.got),
        fix=safe_fix("Leave return_sequences out.", remove_keyword(cell.place, "return_sequences")),
        key=fault.place.node,
    )
