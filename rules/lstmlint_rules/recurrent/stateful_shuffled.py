"""A stateful layer is trained on shuffled batches.

What it does: finds `fit` without `shuffle=False` on models with a stateful recurrent layer.

Why is this bad: a stateful layer goes on from the state that the sample at the same place of the batch before left
behind. `fit` shuffles the samples unless told otherwise, so that they go on from a stranger's state.

Example:

    model.fit(X, y, batch_size=32, epochs=10)

Use instead:

    model.fit(X, y, batch_size=32, epochs=10, shuffle=False)

Fix safety: unsafe: the order of the samples changes, which is the point.

References: https://keras.io/guides/working_with_rnns/
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
    Array,
    LayerObject,
)

from ..evidence import (
    line,
)
from ..walk import (
    flag,
    recurrent,
)

BAD = [
    """
import keras
import numpy as np
from keras.layers import Dense, LSTM
model = keras.Sequential([keras.Input(batch_shape=(2, 10, 3)), LSTM(4, stateful=True), Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((4, 10, 3)), np.zeros((4, 1)), batch_size=2, verbose=0)
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import Dense, LSTM
model = keras.Sequential([keras.Input(batch_shape=(2, 10, 3)), LSTM(4, stateful=True), Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((4, 10, 3)), np.zeros((4, 1)), batch_size=2, shuffle=False, verbose=0)
""",
]


def stateful(layers: tuple[LayerObject, ...]) -> LayerObject | None:
    """The first stateful recurrent layer."""
    return next((x for x in layers for cell in [recurrent(x)] if cell is not None and flag(cell, "stateful")), None)


@check("RNN028", "stateful-shuffled", Severity.WARNING)
def stateful_shuffled(program: Program) -> Iterator[Finding]:
    for use in program.uses:
        if use.method != "fit" or use.arguments.open or use.arguments.get("shuffle") is not True:
            continue
        layer = stateful(use.layers)
        if layer is None or not isinstance(use.x, Array):
            continue
        rows, batch = use.x.shape.get(0).known, use.arguments.get("batch_size")
        if rows is not None and isinstance(batch, int) and rows <= batch:
            continue
        yield Finding(
            use.place,
            f"fit shuffles the samples, so that the {layer.class_name} on {line(layer.place)}, which is stateful, goes on from another sample's "
            f"state in each batch. Add shuffle=False.",
            related=(("this layer is stateful", layer.place),) if layer.place else (),
            fix=unsafe_fix("Add shuffle=False.", set_keyword(use.place, "shuffle", "False")),
        )
