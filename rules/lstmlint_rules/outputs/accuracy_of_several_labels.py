"""`accuracy` on targets with several labels per sample.

What it does: finds the metric "accuracy" with binary_crossentropy on several sigmoid units, where the targets are seen
to have rows with no label or with more than one.

Why is this bad: for an output of several columns "accuracy" is CategoricalAccuracy, which compares the largest column
only: perfect predictions of several labels can score 0.

Example:

    model.add(Dense(5, activation="sigmoid"))
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])

Use instead:

    model.compile("adam", "binary_crossentropy", metrics=["binary_accuracy"])

Fix safety: unsafe. The metric's name in the history changes with it.

References: https://keras.io/api/metrics/accuracy_metrics/
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from lstmlint.diagnostic import Edit
from lstmlint.edits import replace, unsafe_fix
from lstmlint.places import Place
from lstmlint.program import Compile, Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import Array, Value

from ..evidence import ACCURACY, activation, counts_accuracy, last_layer, line, loss_of, width
from ..training import named

BAD = [
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((4,)), Dense(3, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
y = np.array([[1, 1, 0], [0, 0, 1], [0, 0, 0]])
model.fit(np.zeros((3, 4)), y, verbose=0)
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((4,)), Dense(3, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
y = np.array([[1, 0, 0], [0, 0, 1], [0, 1, 0]])
model.fit(np.zeros((3, 4)), y, verbose=0)
""",
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((4,)), Dense(3, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["binary_accuracy"])
y = np.array([[1, 1, 0], [0, 0, 1], [0, 0, 0]])
model.fit(np.zeros((3, 4)), y, verbose=0)
""",
]


@check("OUT025", "accuracy-of-several-labels", Severity.WARNING)
def accuracy_of_several_labels(program: Program) -> Iterator[Finding]:
    for compiled in program.compiles:
        layer, loss = last_layer(compiled), loss_of(compiled.loss)
        if layer is None or loss is None or loss[0] != "binary_crossentropy" or activation(layer) != "sigmoid":
            continue
        uses = [use for use in program.uses if use.compile is compiled and _several(use.y)]
        if (width(layer) or 1) < 2 or not uses:
            continue
        if counts_accuracy(compiled):
            yield Finding(
                compiled.arguments.place("metrics") or compiled.place,
                f"Over {width(layer)} columns `accuracy` compares only the largest, but rows of {named(uses[0].y, 'the targets')} have no label or "
                f'several. Use metrics=["binary_accuracy"], which compares each column.',
                related=((f"the {layer.class_name} on {line(layer.place)} is the output", layer.place),)
                if layer.place
                else (),
                fix=unsafe_fix('Write "binary_accuracy".', *_edits(compiled)),
            )


def _several(y: Value) -> bool:
    """Are the targets known, and not one label in each row?"""
    if not isinstance(y, Array) or not isinstance(y.constant, tuple) or y.shape.rank != 2:
        return False
    rows = [row for row in y.constant if isinstance(row, tuple)]
    return all(v in (0, 1) for row in rows for v in row) and any(sum(row) != 1 for row in rows)


def _edits(compiled: Compile) -> list[Edit | None]:
    """The new name in the place of each "accuracy" in a list that is written there."""
    place = compiled.arguments.place("metrics")
    if place is None or not isinstance(place.node, (ast.List, ast.Tuple)):
        return []
    words = [e for e in place.node.elts if isinstance(e, ast.Constant) and e.value in ACCURACY]
    return [replace(Place(place.tree, word), '"binary_accuracy"') for word in words]
