"""The data have another number of timesteps than the model declares.

What it does: compares the second axis of the data with that of a Sequential's input, where both are known and the
rest agrees.

Why is this bad: a Sequential does not check it and runs on; a Functional model with the same layers would raise. One
of the two numbers is not what its author believes.

Example:

    model = Sequential([Input((10, 3)), LSTM(4), Dense(1)])
    model.fit(np.zeros((8, 12, 3)), y)

Use instead:

    model = Sequential([Input((12, 3)), LSTM(4), Dense(1)])
    model.fit(np.zeros((8, 12, 3)), y)

References: https://keras.io/guides/sequential_model/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.diagnostic import ShapePair
from lstmlint.dims import same
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    Array,
    Tensor,
    flatten,
)

from ..evidence import (
    label,
)

BAD = [
    """
import keras
import numpy as np
from keras.layers import Dense, LSTM
model = keras.Sequential([keras.Input((10, 3)), LSTM(4), Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 12, 3)), np.zeros((8, 1)), verbose=0)
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import Dense, LSTM
model = keras.Sequential([keras.Input((12, 3)), LSTM(4), Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 12, 3)), np.zeros((8, 1)), verbose=0)
""",
]


@check("SHP014", "other-timesteps", Severity.WARNING)
def other_timesteps(program: Program) -> Iterator[Finding]:
    for use in program.uses:
        model, x = use.model, use.x
        if model.kind != "Sequential" or not isinstance(x, Array) or x.shape.rank != 3 or use.verdict == "raises":
            continue
        inputs = [t for t in flatten(model.inputs) if isinstance(t, Tensor)]
        if len(inputs) != 1 or inputs[0].shape.rank != 3:
            continue
        wanted, got = inputs[0].shape, x.shape
        if wanted[1].known is None or got[1].known is None or wanted[1].known == got[1].known:
            continue
        if same(wanted[2], got[2]) is not True:
            continue
        yield Finding(
            use.arguments.place("x") or use.place,
            f"The data are {got}, but the model declares {label(wanted[1])} timesteps: {wanted}. A Sequential doesn't check it and reads all "
            f"{got[1]}; make the two agree, or write None for any number of steps.",
            shapes=ShapePair(str(wanted), str(got)),
            key=("timesteps", id(model.place.node) if model.place is not None else id(model), str(got[1])),
        )
