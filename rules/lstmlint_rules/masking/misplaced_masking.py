"""Masking where it can't mask anything.

What it does: finds Masking behind a recurrent layer, in front of an Embedding, and on data without a time axis.

Why is this bad: Masking looks for timesteps whose features all equal the mask value. Behind a recurrent layer no step
is ever exactly 0, and an Embedding drops the mask and makes its own with `mask_zero=True`.

Example:

    model = Sequential([Input((5,)), Masking(0), Embedding(10, 4), LSTM(2)])

Use instead:

    model = Sequential([Input((5,)), Embedding(10, 4, mask_zero=True), LSTM(2)])

References: https://keras.io/guides/understanding_masking_and_padding/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..evidence import (
    before,
    line,
)
from ..walk import (
    consumers,
    recurrent,
)

BAD = [
    """
import keras
from keras.layers import Embedding, LSTM, Masking
model = keras.Sequential([keras.Input((5,)), Masking(0), Embedding(10, 4), LSTM(2)])
""",
    """
import keras
from keras.layers import LSTM, Masking
model = keras.Sequential([keras.Input((5, 3)), LSTM(4, return_sequences=True), Masking(0.0), LSTM(4)])
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM, Masking
model = keras.Sequential([keras.Input((5, 3)), Masking(0.0), LSTM(4, return_sequences=True), LSTM(4)])
""",
]


@check("MSK010", "misplaced-masking", Severity.WARNING)
def misplaced_masking(program: Program) -> Iterator[Finding]:
    for way in program.ways:
        for call in way.layer_calls:
            if call.layer.class_name != "Masking" or call.layer.user_class is not None:
                continue
            previous, place = before(call), call.layer.place or call.place
            if previous is not None and recurrent(previous.layer) is not None:
                yield Finding(
                    place,
                    f"Masking looks for steps of nothing but the mask value, and what the {previous.layer.class_name} on "
                    f"{line(previous.layer.place)} returns is never that. Put it in front, on the padded data.",
                )
            elif any(c.layer.class_name == "Embedding" for c in consumers(way, call)):
                yield Finding(
                    place,
                    "The Embedding behind this Masking drops the mask. Leave the Masking out, and give mask_zero=True to the Embedding.",
                    key=call.place.node,
                )
            elif call.input_shape.rank == 2:
                yield Finding(
                    place,
                    f"Masking hides timesteps, and {call.input_shape} has no time axis. Leave it out, or give the data one.",
                )
