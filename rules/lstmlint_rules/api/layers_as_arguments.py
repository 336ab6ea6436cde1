"""Sequential gets its layers one by one instead of as a list.

What it does: finds `Sequential(a, b)` with layers as separate arguments, and `Sequential(layer)`.

Why is this bad: Keras raises: Sequential takes one list; its second argument is `trainable`.

Example:

    model = Sequential(Input((3,)), Dense(1))

Use instead:

    model = Sequential([Input((3,)), Dense(1)])

Fix safety: safe: a list is all that Sequential takes.

References: https://keras.io/api/models/sequential/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.diagnostic import Span
from lstmlint.edits import (
    safe_fix,
)
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check, replace_text
from lstmlint.values import (
    LayerObject,
    Tensor,
)

BAD = [
    """
import keras
from keras.layers import Dense
model = keras.Sequential(keras.Input((3,)), Dense(1))
""",
    """
import keras
from keras.layers import Dense
model = keras.Sequential(Dense(1))
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
""",
]


@check("API015", "layers-as-arguments", Severity.ERROR)
def layers_as_arguments(program: Program) -> Iterator[Finding]:
    for call in program.calls:
        if call.name != "keras.Sequential" or not call.args or not isinstance(call.args[0], (LayerObject, Tensor)):
            continue
        if program.keras_major < 3 and len(call.args) < 3:
            continue  # Keras 2 takes one layer for a list of it, and the second for the name
        places = call.arg_places
        listed = ", ".join(p.text for p in places)
        first, last = (places[0].span, places[-1].span) if places else (call.place.span, call.place.span)
        span = Span(first.path, first.row, first.column, last.end_row, last.end_column, first.cell)
        yield Finding(
            call.place,
            "Sequential takes one list of layers, and raises for layers as separate arguments. Put them into brackets: Sequential([...]).",
            fix=safe_fix("Put the layers into a list.", replace_text(span, f"[{listed}]"))
            if places and "#" not in call.place.text
            else None,
            key=call.place.node,
        )
