"""A ConvLSTM that returns only its last step feeds another one.

What it does: finds ConvLSTM layers without `return_sequences=True` in front of a layer that reads (batch, timesteps,
rows, columns, channels).

Why is this bad: Keras raises: the last step alone is an image, and the time axis is gone.

Example:

    model.add(ConvLSTM2D(4, 3))
    model.add(ConvLSTM2D(4, 3))

Use instead:

    model.add(ConvLSTM2D(4, 3, return_sequences=True))
    model.add(ConvLSTM2D(4, 3))

Fix safety: safe: the layer that refused gets the sequence that it asks for.

References: https://keras.io/api/layers/recurrent_layers/conv_lstm2d/
"""

from __future__ import annotations

from lstmlint.diagnostic import ShapePair
from lstmlint.edits import (
    safe_fix,
    set_keyword,
)
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..evidence import (
    before,
    line,
    producer,
    subject_name,
)
from ..walk import (
    flag,
)

BAD = [
    """
import keras
from keras.layers import ConvLSTM2D
model = keras.Sequential([keras.Input((5, 8, 8, 3)), ConvLSTM2D(4, 3), ConvLSTM2D(4, 3)])
""",
]
GOOD = [
    """
import keras
from keras.layers import ConvLSTM2D
model = keras.Sequential([keras.Input((5, 8, 8, 3)), ConvLSTM2D(4, 3, return_sequences=True), ConvLSTM2D(4, 3)])
""",
]


@claim("RNN034", "stacked-convlstm", Severity.ERROR, kinds=("rank",), specificity=22)
def stacked_convlstm(fault: Fault, program: Program) -> Finding | None:
    call, rank = producer(fault), fault.details.get("rank")
    while call is not None and call.layer.class_name in (
        "BatchNormalization",
        "Dropout",
        "LayerNormalization",
        "Activation",
    ):
        call = before(call)
    if call is None or not call.layer.class_name.startswith("ConvLSTM") or call.layer.user_class is not None:
        return None
    if flag(call.layer, "return_sequences") is not False or fault.details.get("ndim") != (rank or 0) + 1:
        return None
    return Finding(
        fault.place,
        f"{subject_name(fault)} needs (batch, timesteps, rows, columns, channels) but gets {fault.got}: the {call.layer.class_name} on "
        f"{line(call.layer.place)} returns only its last step. Add return_sequences=True there.",
        related=((f"{call.layer.class_name} returns {call.output_shape} here", call.layer.place or call.place),),
        shapes=ShapePair(fault.required, fault.got),
        fix=safe_fix("Add return_sequences=True.", set_keyword(call.layer.place, "return_sequences", "True")),
        key=fault.place.node,
    )
