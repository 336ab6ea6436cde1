"""The states of a stateful layer are never reset.

What it does: finds models with a stateful recurrent layer that are trained for several epochs, or trained and then
used, in files that never reset states and pass no callbacks.

Why is this bad: a stateful layer keeps its state from call to call: the second epoch begins with the state in which
the first one ended, and `predict` with that of the training.

Example:

    for _ in range(epochs):
        model.fit(X, y, batch_size=1, shuffle=False)

Use instead:

    for _ in range(epochs):
        model.fit(X, y, batch_size=1, shuffle=False)
        for layer in model.layers:
            if hasattr(layer, "reset_states"):
                layer.reset_states()

References: https://keras.io/guides/working_with_rnns/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..evidence import (
    line,
)
from ..surroundings import names_method
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
model.fit(np.zeros((4, 10, 3)), np.zeros((4, 1)), batch_size=2, epochs=3, shuffle=False, verbose=0)
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import Dense, LSTM
layer = LSTM(4, stateful=True)
model = keras.Sequential([keras.Input(batch_shape=(2, 10, 3)), layer, Dense(1)])
model.compile("adam", "mse")
for _ in range(3):
    model.fit(np.zeros((4, 10, 3)), np.zeros((4, 1)), batch_size=2, shuffle=False, verbose=0)
    layer.reset_states()
""",
]


@check("RNN029", "stateful-never-reset", Severity.WARNING)
def stateful_never_reset(program: Program) -> Iterator[Finding]:
    reported: set[int] = set()
    for way in program.ways:
        for i, use in enumerate(way.uses):
            stateful = (x for x in use.layers for cell in [recurrent(x)] if cell is not None and flag(cell, "stateful"))
            layer = next(stateful, None)
            if layer is None or use.method != "fit" or id(use.place.node) in reported:
                continue
            epochs, callbacks = use.arguments.get("epochs"), use.arguments.get("callbacks")
            again = (isinstance(epochs, int) and epochs > 1) or any(u.model is use.model for u in way.uses[i + 1 :])
            if not again or callbacks is not None or use.arguments.open:
                continue
            if names_method(program, "reset_states", "reset_state"):
                return
            reported.add(id(use.place.node))
            yield Finding(
                use.place,
                f"Nothing resets the state of the stateful {layer.class_name} on {line(layer.place)}: each epoch, and each later call, begins with "
                f"the state in which the one before ended. Call layer.reset_states() in between.",
                related=(("this layer is stateful", layer.place),) if layer.place else (),
            )
