"""A regression whose output can't reach its targets.

What it does: compares the range of the last activation (relu, sigmoid, tanh) with the known range of the targets, where
the loss is one for numbers.

Why is this bad: nothing raises: what lies outside of the activation's range can never be predicted.

Example:

    model.add(Dense(1, activation="sigmoid"))
    model.compile("adam", "mse")
    model.fit(X, prices)  # from 50 to 900

Use instead:

    model.add(Dense(1))

Fix safety: unsafe. The targets could be scaled instead.

References: https://keras.io/api/layers/activations/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.edits import remove_keyword, unsafe_fix
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import Array

from ..evidence import REGRESSION, activation, last_layer, loss_of
from ..training import origin, target_words

BAD = [
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((1,)), Dense(1, activation="sigmoid")])
model.compile("adam", "mse")
y = np.array([50.0, 120.0, 900.0])
model.fit(np.zeros((3, 1)), y, verbose=0)
""",
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((1,)), Dense(1, activation="relu")])
model.compile("adam", "mae")
model.fit(np.zeros((3, 1)), np.array([-2.0, 0.5, 1.0]), verbose=0)
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((1,)), Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((3, 1)), np.array([50.0, 120.0, 900.0]), verbose=0)
""",
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((1,)), Dense(1, activation="sigmoid")])
model.compile("adam", "mse")
model.fit(np.zeros((3, 1)), np.array([0.1, 0.5, 1.0]), verbose=0)
""",
]

REACH = {"relu": (0.0, None), "softplus": (0.0, None), "sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0)}
"""The least and the greatest value that an activation returns."""


@check("OUT027", "bounded-output-for-regression", Severity.WARNING)
def bounded_output_for_regression(program: Program) -> Iterator[Finding]:
    for use in program.uses:
        if use.method != "fit" or use.compile is None or not isinstance(use.y, Array):
            continue
        layer, loss, known = last_layer(use), loss_of(use.compile.loss), _range(use.y.constant)
        if layer is None or loss is None or loss[0] not in REGRESSION or known is None or layer.class_name != "Dense":
            continue
        word = activation(layer) or ""
        least, most = REACH.get(word, (None, None))
        if (least is None or known[0] >= least) and (most is None or known[1] <= most):
            continue
        reach = f"from {least:g} to {most:g}" if most is not None else f"{least:g} and more"
        yield Finding(
            (layer.arguments.place("activation") if layer.arguments is not None else None) or layer.place or use.place,
            f"With {word} this output is {reach}, but {target_words(use.y, 'goes', 'go')} from {known[0]:g} to {known[1]:g}, which it can't reach. "
            "Leave the activation out, or scale the targets.",
            related=origin(use.y),
            fix=unsafe_fix("Leave the activation out.", remove_keyword(layer.place, "activation")),
            key=layer,
        )


def _range(constant: object) -> tuple[float, float] | None:
    """The least and greatest of values that are known; None when they are not."""
    if isinstance(constant, tuple):
        inner = [_range(item) for item in constant]
        found = [pair for pair in inner if pair is not None]
        return (min(p[0] for p in found), max(p[1] for p in found)) if found and len(found) == len(inner) else None
    if isinstance(constant, (int, float)) and not isinstance(constant, bool):
        return float(constant), float(constant)
    return None
