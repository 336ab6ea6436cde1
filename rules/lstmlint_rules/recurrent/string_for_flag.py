"""A string where True or False belongs.

What it does: finds `return_sequences="False"` and the like on recurrent layers.

Why is this bad: every string but the empty one counts as true, so "False" switches it on.

Example:

    LSTM(4, return_sequences="False")

Use instead:

    LSTM(4, return_sequences=False)

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
layer = keras.layers.LSTM(4, return_sequences="False")
""",
]
GOOD = [
    """
import keras
layer = keras.layers.LSTM(4, return_sequences=False)
""",
]

FLAGS = ("return_sequences", "return_state", "go_backwards", "stateful", "unroll", "use_bias")


@check("RNN003", "string-for-flag", Severity.WARNING)
def string_for_flag(program: Program) -> Iterator[Finding]:
    for layer in program.layers:
        if layer.class_name not in RECURRENT or layer.arguments is None:
            continue
        for name in FLAGS:
            value, place = layer.arguments.get(name), layer.arguments.place(name)
            if isinstance(value, str) and place is not None:
                counts = "true" if value else "false"
                yield Finding(
                    place,
                    f'{name}="{value}" is a string, and counts as {counts} whatever it says. Write {name}=True or {name}=False.',
                )
