"""An optimizer is told to clip gradients in two ways.

What it does: finds optimizers with more than one of `clipnorm`, `clipvalue` and `global_clipnorm`.

Why is this bad: Keras raises: only one of them can be set.

Example:

    Adam(clipnorm=1.0, clipvalue=0.5)

Use instead:

    Adam(clipnorm=1.0)

References: https://keras.io/api/optimizers/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..versions import keras3

BAD = [
    """
import keras
optimizer = keras.optimizers.Adam(clipnorm=1.0, clipvalue=0.5)
""",
]
GOOD = [
    """
import keras
optimizer = keras.optimizers.Adam(clipnorm=1.0)
""",
]


@check("API030", "two-clippings", Severity.ERROR)
def two_clippings(program: Program) -> Iterator[Finding]:
    if not keras3(program):
        return
    for call in program.calls:
        owner, _, name = call.name.rpartition(".")
        given = [
            k for k in ("clipnorm", "clipvalue", "global_clipnorm") if isinstance(call.kwargs.get(k), (int, float))
        ]
        if owner == "keras.optimizers" and name[:1].isupper() and len(given) > 1 and not call.caught:
            yield Finding(
                call.place,
                f"{name} can clip gradients in one way only, and raises for {' and '.join(given)} together. Keep one of them.",
                key=call.place.node,
            )
