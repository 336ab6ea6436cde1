"""`lr=` or `decay=` in an optimizer.

What it does: finds the arguments of Keras's optimizers that are called otherwise now, or ignored.

Why is this bad: Keras 3 raises for `lr`. It ignores `decay` with no more than a warning, and the learning rate never
falls; that is reported as a warning.

Example:

    Adam(lr=0.001)

Use instead:

    Adam(learning_rate=0.001)

Fix safety: safe: only the name has changed.

References: https://keras.io/api/optimizers/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.edits import (
    rename_keyword,
    safe_fix,
)
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..versions import keras3

BAD = [
    """
import keras
optimizer = keras.optimizers.Adam(lr=0.001)
""",
]
GOOD = [
    """
import keras
optimizer = keras.optimizers.Adam(learning_rate=0.001)
""",
]


@check("MIG006", "optimizer-keyword", Severity.ERROR)
def optimizer_keyword(program: Program) -> Iterator[Finding]:
    if not keras3(program):
        return
    for call in program.calls:
        owner, _, name = call.name.rpartition(".")
        if owner != "keras.optimizers" or not name[:1].isupper() or call.for_version:
            continue
        if "lr" in call.kwargs:
            yield Finding(
                call.kwarg_places.get("lr", call.place),
                f"`lr` is called `learning_rate` now, and {name} raises for the old name. Write learning_rate=.",
                fix=safe_fix("Write `learning_rate=`.", rename_keyword(call.place, "lr", "learning_rate")),
                key=("lr", id(call.place.node)),
            )
        if "decay" in call.kwargs and call.kwargs["decay"] not in (None, 0, 0.0):
            yield Finding(
                call.kwarg_places.get("decay", call.place),
                f"{name} ignores `decay`, so that the learning rate stays what it is. Give it a schedule: learning_rate="
                f"keras.optimizers.schedules.InverseTimeDecay(...).",
                severity=Severity.WARNING,
            )
