"""An Input that is not the first element of a Sequential.

What it does: finds Input behind another layer.

Why is this bad: Keras accepts it and leaves the model unbuilt; calling it raises.

Example:

    model = Sequential([Dense(3), Input((4,))])

Use instead:

    model = Sequential([Input((4,)), Dense(3)])

References: https://keras.io/guides/sequential_model/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

BAD = [
    """
import keras
from keras.layers import Dense
model = keras.Sequential([Dense(3), keras.Input((4,))])
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((4,)), Dense(3)])
""",
]


@check("SHP017", "input-not-first", Severity.WARNING)
def input_not_first(program: Program) -> Iterator[Finding]:
    for site in program.models:
        if site.model.kind != "Sequential":
            continue
        late = next((x for x in site.model.layers[1:] if x.class_name == "InputLayer"), None)
        if late is not None:
            yield Finding(
                late.place or site.place,
                f"This Input stands behind {site.model.layers[0].class_name}, where it builds nothing, and the model raises when it is called. "
                f"Put it in front.",
            )
