"""A layer that runs backwards returns its steps in reverse.

What it does: finds recurrent layers with both `go_backwards=True` and `return_sequences=True`.

Why is this bad: the output comes in the order in which the steps were read: the last one first. Next to a forward
sequence the steps no longer belong together. Bidirectional turns them round by itself.

Example:

    back = LSTM(8, go_backwards=True, return_sequences=True)(x)

Use instead:

    both = Bidirectional(LSTM(8, return_sequences=True))(x)

References: https://keras.io/api/layers/recurrent_layers/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..evidence import (
    RECURRENT,
)
from ..walk import (
    flag,
)

BAD = [
    """
import keras
from keras.layers import LSTM
x = keras.Input((10, 3))
back = LSTM(8, go_backwards=True, return_sequences=True)(x)
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM
x = keras.Input((10, 3))
back = LSTM(8, go_backwards=True)(x)
""",
]


@check("RNN022", "backwards-output-order", Severity.INFO)
def backwards_output_order(program: Program) -> Iterator[Finding]:
    for layer in program.layers:
        if layer.class_name not in RECURRENT or layer.place is None:
            continue
        if flag(layer, "go_backwards") and flag(layer, "return_sequences"):
            yield Finding(
                layer.place,
                f"With go_backwards=True this {layer.class_name} returns the last step first. Flip the time axis before you put it beside a "
                f"forward sequence, or use Bidirectional.",
            )
