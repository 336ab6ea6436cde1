"""A way of merging both directions that Bidirectional doesn't know.

What it does: compares `merge_mode` with "sum", "mul", "ave", "concat" and None.

Why is this bad: Keras raises "Invalid merge mode".

Example:

    Bidirectional(LSTM(8), merge_mode="average")

Use instead:

    Bidirectional(LSTM(8), merge_mode="ave")

Fix safety: safe where the word is another name of a mode that there is.

References: https://keras.io/api/layers/recurrent_layers/bidirectional/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.edits import (
    safe_fix,
)
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check, replace_text

BAD = [
    """
import keras
from keras.layers import Bidirectional, LSTM
layer = Bidirectional(LSTM(8), merge_mode="average")
""",
]
GOOD = [
    """
import keras
from keras.layers import Bidirectional, LSTM
layer = Bidirectional(LSTM(8), merge_mode="ave")
""",
]


MODES = ("sum", "mul", "ave", "concat")
MEANT = {
    "average": "ave", "avg": "ave", "mean": "ave", "add": "sum", "multiply": "mul", "prod": "mul", "product": "mul",
    "concatenate": "concat", "cat": "concat",
}  # fmt: skip


@check("RNN023", "unknown-merge-mode", Severity.ERROR)
def unknown_merge_mode(program: Program) -> Iterator[Finding]:
    for layer in program.layers:
        if layer.class_name != "Bidirectional" or layer.user_class is not None or layer.arguments is None:
            continue
        mode, place = layer.arguments.get("merge_mode"), layer.arguments.place("merge_mode")
        if not isinstance(mode, str) or mode in MODES or place is None:
            continue
        meant = MEANT.get(mode.lower(), mode.lower() if mode.lower() in MODES else None)
        advice = (
            f'Write merge_mode="{meant}".' if meant else f"Write one of {', '.join(MODES)}, or None for both outputs."
        )
        yield Finding(
            place,
            f'Bidirectional has no merge_mode "{mode}" and raises. {advice}',
            fix=safe_fix(f'Write "{meant}".', replace_text(place, f'"{meant}"')) if meant else None,
            key=layer.place.node if layer.place else None,
        )
