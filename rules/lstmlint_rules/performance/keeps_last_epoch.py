"""EarlyStopping keeps the weights of the last epoch.

What it does: finds EarlyStopping without `restore_best_weights=True` in programs that save no best model either.

Why is this bad: training goes on for `patience` epochs after the best one, and the model is left with the weights of
the last.

Example:

    EarlyStopping(patience=5)

Use instead:

    EarlyStopping(patience=5, restore_best_weights=True)

Fix safety: unsafe: the model ends with other weights.

References: https://keras.io/api/callbacks/early_stopping/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.edits import (
    set_keyword,
    unsafe_fix,
)
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    Object,
)

BAD = [
    """
import keras
callback = keras.callbacks.EarlyStopping(patience=5)
""",
]
GOOD = [
    """
import keras
callback = keras.callbacks.EarlyStopping(patience=5, restore_best_weights=True)
""",
]


@check("PRF005", "keeps-last-epoch", Severity.INFO)
def keeps_last_epoch(program: Program) -> Iterator[Finding]:
    if any(c.name == "keras.callbacks.ModelCheckpoint" and c.kwargs.get("save_best_only") for c in program.calls):
        return
    for call in program.calls:
        if (
            call.name != "keras.callbacks.EarlyStopping"
            or call.refused is not None
            or not isinstance(call.result, Object)
        ):
            continue
        arguments = call.result.arguments
        if arguments is not None and not arguments.open and arguments.get("restore_best_weights") is False:
            yield Finding(
                call.place,
                f"The model is left with the weights of the last epoch, {arguments.get('patience', 0)} epochs after the best one. "
                f"Add restore_best_weights=True to keep the best.",
                fix=unsafe_fix(
                    "Add restore_best_weights=True.", set_keyword(call.place, "restore_best_weights", "True")
                ),
            )
