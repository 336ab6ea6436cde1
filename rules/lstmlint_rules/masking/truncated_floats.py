"""`pad_sequences` cuts floats to whole numbers.

What it does: finds `pad_sequences` without `dtype=` on sequences of floats.

Why is this bad: its default is dtype="int32", and 0.5 becomes 0 without a word.

Example:

    X = pad_sequences([[0.5, 0.7]], maxlen=50)

Use instead:

    X = pad_sequences([[0.5, 0.7]], maxlen=50, dtype="float32")

Fix safety: safe: nothing else can be meant.

References: https://keras.io/api/data_loading/timeseries/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lstmlint.edits import (
    safe_fix,
    set_keyword,
)
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    Array,
    ListValue,
)

BAD = [
    """
import keras
X = keras.utils.pad_sequences([[0.5, 0.7], [0.1]], maxlen=3)
""",
]
GOOD = [
    """
import keras
X = keras.utils.pad_sequences([[0.5, 0.7], [0.1]], maxlen=3, dtype="float32")
""",
]


def floats(value: Any) -> bool:
    """Are the sequences of floats?"""
    if isinstance(value, Array):
        return value.dtype == "float" and not value.one_hot  # ones and zeros lose nothing
    if isinstance(value, ListValue):
        items = [*value.items[:20], *([value.sample] if value.sample is not None else [])]
        return bool(items) and any(isinstance(i, float) or floats(i) for i in items)
    return False


@check("MSK009", "truncated-floats", Severity.WARNING)
def truncated_floats(program: Program) -> Iterator[Finding]:
    for call in program.calls:
        if not call.name.endswith(".pad_sequences") or "dtype" in call.kwargs or len(call.args) > 2 or not call.args:
            continue
        if floats(call.args[0]):
            yield Finding(
                call.place,
                'pad_sequences makes whole numbers of everything, dtype="int32", unless told otherwise, and these are floats. '
                'Add dtype="float32".',
                fix=safe_fix('Add dtype="float32".', set_keyword(call.place, "dtype", '"float32"')),
            )
