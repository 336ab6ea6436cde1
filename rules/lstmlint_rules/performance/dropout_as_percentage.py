"""A recurrent layer's dropout is above 1, as if it were a percentage.

What it does: finds `dropout` and `recurrent_dropout` of 1 and more on recurrent layers.

Why is this bad: Keras clamps the rate to 1 and drops every input without a word, so that nothing is learnt from them.

Example:

    LSTM(32, dropout=20)

Use instead:

    LSTM(32, dropout=0.2)

References: https://keras.io/api/layers/recurrent_layers/lstm/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..evidence import RECURRENT

BAD = [
    """
import keras
layer = keras.layers.LSTM(32, dropout=20)
""",
]
GOOD = [
    """
import keras
layer = keras.layers.LSTM(32, dropout=0.2)
""",
]


@check("PRF001", "dropout-as-percentage", Severity.WARNING)
def dropout_as_percentage(program: Program) -> Iterator[Finding]:
    for layer in program.layers:
        if layer.class_name not in RECURRENT or layer.arguments is None:
            continue
        for name in ("dropout", "recurrent_dropout"):
            rate = layer.arguments.get(name)
            if isinstance(rate, (int, float)) and not isinstance(rate, bool) and rate >= 1:
                place = layer.arguments.place(name) or layer.place
                if place is not None:
                    yield Finding(
                        place,
                        f"{name}={rate} drops everything: {layer.class_name} takes it for 1.0, silently. "
                        f"Rates are fractions, such as {name}=0.2.",
                    )
