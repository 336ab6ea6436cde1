"""An option that keeps a recurrent layer off the cuDNN kernel.

What it does: finds LSTM and GRU with recurrent dropout, unrolling, no bias, another recurrent activation, or a GRU
with `reset_after=False`.

Why is this bad: on a GPU Keras runs LSTM and GRU in one fused kernel, several times as fast, but only with the
options that this kernel knows. Ordinary `dropout` is among them.

Example:

    LSTM(64, recurrent_dropout=0.2)

Use instead:

    LSTM(64, dropout=0.2)

References: https://keras.io/api/layers/recurrent_layers/lstm/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    LayerObject,
)

BAD = [
    """
import keras
from keras.layers import LSTM
layer = LSTM(64, recurrent_dropout=0.2)
""",
    """
import keras
from keras.layers import GRU
layer = GRU(64, reset_after=False)
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM
layer = LSTM(64, dropout=0.2)
""",
]


def reason(layer: LayerObject) -> str | None:
    """The option that cuDNN doesn't know, as written."""
    arguments = layer.arguments
    if arguments is None:
        return None
    rate = arguments.get("recurrent_dropout")
    if isinstance(rate, (int, float)) and rate > 0:
        return f"recurrent_dropout={rate}"
    for name, value in (("unroll", True), ("use_bias", False)):
        if arguments.get(name) is value and arguments.explicit(name):
            return f"{name}={value}"
    if layer.class_name == "GRU" and arguments.get("reset_after") is False:
        return "reset_after=False"
    gate = arguments.get("recurrent_activation")
    return f'recurrent_activation="{gate}"' if isinstance(gate, str) and gate != "sigmoid" else None


@check("PRF003", "no-cudnn", Severity.INFO)
def no_cudnn(program: Program) -> Iterator[Finding]:
    for layer in program.layers:
        found = reason(layer) if layer.class_name in ("LSTM", "GRU") and layer.user_class is None else None
        if found is not None and layer.place is not None:
            yield Finding(
                layer.place,
                f"{found} keeps this {layer.class_name} off cuDNN's fused kernel, so that it runs several times slower on a GPU. "
                f"Keep it if you need it, otherwise leave it out.",
            )
