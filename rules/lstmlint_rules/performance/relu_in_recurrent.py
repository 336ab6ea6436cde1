"""A recurrent layer with another activation than tanh.

What it does: finds `activation="relu"` and the like in LSTM, GRU and SimpleRNN.

Why is this bad: tanh keeps the state between -1 and 1. With relu it grows without bounds, and on long sequences ends
in NaN; and the fast cuDNN kernel on GPUs knows tanh only.

Example:

    LSTM(50, activation="relu")

Use instead:

    LSTM(50)

References: https://keras.io/api/layers/recurrent_layers/lstm/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..evidence import (
    RECURRENT,
)

BAD = [
    """
import keras
from keras.layers import LSTM
layer = LSTM(50, activation="relu")
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM
layer = LSTM(50)
""",
]


@check("PRF002", "relu-in-recurrent", Severity.INFO)
def relu_in_recurrent(program: Program) -> Iterator[Finding]:
    for layer in program.layers:
        if layer.class_name not in RECURRENT or layer.user_class is not None or layer.arguments is None:
            continue
        value, place = layer.arguments.get("activation"), layer.arguments.place("activation") or layer.place
        if (
            isinstance(value, str)
            and value in ("relu", "elu", "selu", "leaky_relu", "gelu", "swish", "linear")
            and place is not None
        ):
            slow = ", and the cuDNN kernel is out of reach" if layer.class_name != "SimpleRNN" else ""
            yield Finding(
                place,
                f"With {value} the state of this {layer.class_name} has no bounds and may end in NaN on long sequences{slow}. "
                f"Keep tanh, or clip the gradients with the optimizer's clipnorm.",
            )
