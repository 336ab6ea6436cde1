"""A recurrent layer is the output of a regression.

What it does: finds models compiled with a regression loss whose last layer is an LSTM, GRU or SimpleRNN with tanh, in
programs that scale nothing. A model that is compiled but never trained, where others are, only predicts.

Why is this bad: the output of such a layer lies between -1 and 1, whatever it learns. No target outside of that can
be reached.

Example:

    model.add(LSTM(1))
    model.compile(loss="mse")

Use instead:

    model.add(LSTM(32))
    model.add(Dense(1))
    model.compile(loss="mse")

References: https://keras.io/api/layers/recurrent_layers/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    Array,
)

from ..evidence import (
    RECURRENT,
    REGRESSION,
    last_layer,
    loss_of,
)

BAD = [
    """
import keras
from keras.layers import LSTM
model = keras.Sequential([keras.Input((30, 1)), LSTM(1)])
model.compile(loss="mse")
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense, LSTM
model = keras.Sequential([keras.Input((30, 1)), LSTM(32), Dense(1)])
model.compile(loss="mse")
""",
    """
import keras
import numpy as np
from keras.layers import Dense, LSTM
steps = keras.Input((30, 1))
encoded = LSTM(32)(steps)
model = keras.Model(steps, Dense(1)(encoded))
model.compile(loss="mse")
encoder = keras.Model(steps, encoded)
encoder.compile(loss="mse")
model.fit(np.random.rand(8, 30, 1), np.random.rand(8, 1), verbose=0)
codes = encoder.predict(np.random.rand(8, 30, 1), verbose=0)
""",
]


@check("RNN016", "recurrent-output-for-regression", Severity.WARNING)
def recurrent_output_for_regression(program: Program) -> Iterator[Finding]:
    if any("scaler" in call.name.lower() or "normaliz" in call.name.lower() for call in program.calls):
        return
    trained = {id(use.model) for use in program.uses if use.method in ("fit", "train_on_batch")}
    for made in program.compiles:
        if trained and id(made.model) not in trained:
            continue
        loss, layer = loss_of(made.loss), last_layer(made)
        if loss is None or loss[0] not in REGRESSION or layer is None or layer.class_name not in RECURRENT:
            continue
        if layer.user_class is not None or layer.arguments is None or layer.arguments.get("activation") != "tanh":
            continue
        targets = [u.y for u in program.uses if u.model is made.model and isinstance(u.y, Array)]
        if any(y.low is not None and y.high is not None and y.low >= -1 and y.high <= 1 for y in targets):
            continue
        yield Finding(
            layer.place or made.place,
            f"The output of this {layer.class_name} lies between -1 and 1, and the loss {loss[0]} compares it with targets that may not. "
            f"Put a Dense behind it, which has no such bounds.",
        )
