"""A model is trained again with targets of another rank.

What it does: compares the targets of `fit` with those of earlier calls on the same model, as it was compiled; the same for
`evaluate`, `train_on_batch` and `test_on_batch`.

Why is this bad: TensorFlow has traced the step for targets such as (batch, 1). For (batch,) it traces it again, for both at once,
with a rank that is not known, and a loss can't take that: ValueError, "Cannot take the length of shape with unknown rank".
Each of the two is fine by itself.

Example:

    model.fit(X, y.reshape(-1, 1))
    model.fit(more_X, more_y)

Use instead:

    model.fit(X, y.reshape(-1, 1))
    model.fit(more_X, more_y.reshape(-1, 1))

References: https://keras.io/api/models/model_training_apis/#fit-method
"""

from __future__ import annotations

from lstmlint.diagnostic import ShapePair
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..evidence import line
from ..training import named

_HEAD = """
import keras
import numpy as np
X, column, row = np.zeros((8, 3)), np.zeros((8, 1)), np.zeros(8)
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
"""
BAD = [
    _HEAD + "model.fit(X, column, verbose=0)\nmodel.fit(X, row, verbose=0)\n",
    _HEAD + "model.evaluate(X, row, verbose=0)\nmodel.evaluate(X, column, verbose=0)\n",
]
GOOD = [
    _HEAD + "model.fit(X, row, verbose=0)\nmodel.fit(X, row, verbose=0)\nmodel.evaluate(X, column, verbose=0)\n",
    _HEAD + 'model.fit(X, column, verbose=0)\nmodel.compile("adam", "mse")\nmodel.fit(X, row, verbose=0)\n',
]


@claim("OUT033", "targets-of-another-rank", Severity.ERROR, kinds=("targets-of-another-rank",), specificity=0)
def targets_of_another_rank(fault: Fault, program: Program) -> Finding | None:
    use, earlier = fault.details["use"], fault.details["earlier"]
    place = fault.blamed[0] if fault.blamed else fault.place
    name = named(use.y, "")
    shown = f"{name} {fault.got} is" if name else f"These targets {fault.got} are"
    return Finding(
        place,
        f"{shown} of another rank than those of the {use.method} on {line(earlier.place)}, {fault.required}. "
        "TensorFlow traces the step for both at once, of unknown rank, and the loss raises. Give the model targets of one rank.",
        shapes=ShapePair(fault.required, fault.got),
        related=((f"the targets are {fault.required} here", earlier.place),),
        key=fault.place.node,
    )
