"""A learning rate far from any usual one.

What it does: finds rates of 0.1 and more in Adam and its relatives, above 1 in SGD, and below a ten-millionth
anywhere.

Why is this bad: with too large a rate the loss jumps about or becomes NaN, with too small a one nothing is learnt.

Example:

    Adam(learning_rate=1.0)

Use instead:

    Adam(learning_rate=0.001)

References: https://keras.io/api/optimizers/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    Object,
)

BAD = [
    """
import keras
optimizer = keras.optimizers.Adam(learning_rate=1.0)
""",
]
GOOD = [
    """
import keras
optimizer = keras.optimizers.Adam(learning_rate=0.001)
""",
]


MOST = {"Adam": 0.1, "AdamW": 0.1, "Nadam": 0.1, "Adamax": 0.2, "RMSprop": 0.1, "SGD": 1.01, "Adagrad": 1.01}


@check("PRF006", "unusual-learning-rate", Severity.INFO)
def unusual_learning_rate(program: Program) -> Iterator[Finding]:
    for call in program.calls:
        name = call.name.rpartition(".")[2]
        if not call.name.startswith("keras.optimizers.") or name not in MOST or not isinstance(call.result, Object):
            continue
        arguments = call.result.arguments
        rate = arguments.get("learning_rate") if arguments is not None else None
        if arguments is None or not isinstance(rate, (int, float)) or isinstance(rate, bool):
            continue
        if rate >= MOST[name] or 0 < rate < 1e-7:
            yield Finding(
                arguments.place("learning_rate") or call.place,
                f"A learning rate of {rate} is far {'above' if rate >= MOST[name] else 'below'} what {name} usually works with; "
                f"its default is {'0.01' if name == 'SGD' else '0.001'}. Check it.",
            )
