"""What RepeatVector repeats is read by a recurrent layer that returns only its last step.

What it does: finds recurrent layers without `return_sequences=True` behind a RepeatVector.

Why is this bad: RepeatVector gives the decoder of an autoencoder one input for each step that it shall write. A
decoder that returns only the last step writes one; with a single feature the loss broadcasts it over all steps,
silently.

Example:

    model.add(RepeatVector(10))
    model.add(LSTM(8))
    model.add(Dense(1))

Use instead:

    model.add(RepeatVector(10))
    model.add(LSTM(8, return_sequences=True))
    model.add(Dense(1))

Fix safety: unsafe: the output becomes a sequence, which is the point.

References: https://keras.io/api/layers/recurrent_layers/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.dims import Dim, same
from lstmlint.edits import unsafe_fix
from lstmlint.program import LayerCall, Program
from lstmlint.rule import Finding, Severity, check

from ..evidence import (
    before,
    label,
    line,
)
from ..walk import (
    flag,
    recurrent,
    return_sequences,
)

BAD = [
    """
import keras
from keras.layers import Dense, LSTM, RepeatVector
model = keras.Sequential([keras.Input((10, 1)), LSTM(8), RepeatVector(10), LSTM(8), Dense(1)])
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense, LSTM, RepeatVector
model = keras.Sequential([keras.Input((10, 1)), LSTM(8), RepeatVector(10), LSTM(8, return_sequences=True), Dense(1)])
""",
    """
import keras
from keras.layers import Dense, LSTM, RepeatVector
model = keras.Sequential([keras.Input((10, 1)), LSTM(8), RepeatVector(3), LSTM(8), Dense(3)])
""",
]


@check("RNN018", "decoder-without-sequences", Severity.WARNING)
def decoder_without_sequences(program: Program) -> Iterator[Finding]:
    for call in program.layer_calls:
        previous, cell = before(call), recurrent(call.layer)
        if cell is None or flag(cell, "return_sequences") is not False or previous is None or call.refused is not None:
            continue
        if previous.layer.class_name != "RepeatVector" or previous.output_shape.get(1).known == 1:
            continue
        steps = previous.output_shape.get(1)
        if any(_writes(other, steps) for other in program.layer_calls if before(other) is call):
            continue
        yield Finding(
            call.layer.place or call.place,
            f"The RepeatVector on {line(previous.layer.place)} gives this {call.layer.class_name} {label(steps)} steps to write, but it returns only "
            f"its last one, {call.output_shape}. Add return_sequences=True to get all of them.",
            related=((f"RepeatVector returns {previous.output_shape} here", previous.layer.place or previous.place),),
            fix=unsafe_fix("Add return_sequences=True.", return_sequences(call.layer)),
        )


def _writes(call: LayerCall, steps: Dim) -> bool:
    """Does a Dense behind it write all the steps at once, one unit for each?"""
    return call.layer.class_name == "Dense" and same(call.output_shape.get(-1), steps) is True
