"""Accuracy as a metric of a regression.

What it does: finds `metrics=["accuracy"]` beside a regression loss on a model whose last layer is linear.

Why is this bad: accuracy counts outputs that equal the target (or fall on the same side of 0.5). For numbers it says nothing.

Example:

    model.compile("adam", loss="mse", metrics=["accuracy"])

Use instead:

    model.compile("adam", loss="mse", metrics=["mae"])

References: https://keras.io/api/metrics/accuracy_metrics/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import Array, Value

from ..evidence import REGRESSION, activation, counts_accuracy, last_layer, loss_of
from ..versions import keras3

BAD = [
    """
import keras
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", loss="mse", metrics=["accuracy"])
""",
    """
import keras
import numpy as np
model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
model.compile("adam", loss="mse", metrics=["accuracy"])
height = np.ones((8, 1))
height[4:, :] = 0
height[2] = 0.5
model.fit(np.random.rand(8, 2), height)
""",
]
GOOD = [
    """
import keras
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", loss="mse", metrics=["mae"])
""",
    """
import keras
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, activation="softmax")])
model.compile("adam", loss="mse", metrics=["accuracy"])
""",
    """
import keras
import numpy as np
model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
model.compile("adam", loss="mse", metrics=["accuracy"])
model.fit(np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0, 1, 1, 0]), verbose=0)
""",
    """
import keras
import numpy as np
model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
model.compile("adam", loss="mse", metrics=["accuracy"])
real_or_fake = np.ones((8, 1))
real_or_fake[4:, :] = 0
model.train_on_batch(np.random.rand(8, 2), real_or_fake)
""",
    """
import os
import keras
wanted = os.environ.get("METRICS", "mae")
metrics = [name for name in ("mae", "mse", "accuracy") if name in wanted]
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", loss="mse", metrics=metrics)
""",
]


@check("OUT005", "accuracy-for-regression", Severity.WARNING)
def accuracy_for_regression(program: Program) -> Iterator[Finding]:
    for compiled in program.compiles:
        layer, loss = last_layer(compiled), loss_of(compiled.loss)
        if layer is None or loss is None or loss[0] not in REGRESSION or activation(layer) != "linear":
            continue
        if isinstance(compiled.metrics, str) and keras3(program):
            continue  # it raises before anything is measured
        if any(_classes(use.y) for use in program.uses if use.compile is compiled):
            continue
        if counts_accuracy(compiled):
            yield Finding(
                compiled.arguments.place("metrics") or compiled.place,
                f"The loss {loss[0]} makes this a regression, and accuracy says nothing about how near its numbers come. "
                f'Use metrics=["mae"] or keras.metrics.RootMeanSquaredError().',
            )


def _classes(y: Value) -> bool:
    """Are the targets 0 and 1, which accuracy can count whatever the loss?"""
    if not isinstance(y, Array):
        return False
    return bool(y.one_hot or y.facts.get("binary")) or (y.dtype in ("int", "bool") and y.low == 0 and y.high == 1)
