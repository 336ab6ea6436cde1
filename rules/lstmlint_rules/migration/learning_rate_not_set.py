"""A learning rate is written to an attribute that nothing reads.

What it does: finds `optimizer.lr = ...` on Keras's optimizers.

Why is this bad: in Keras 3 the learning rate is `learning_rate` alone. Python lets a program set any other attribute, so that nothing raises, and
the optimizer goes on with the rate that it had.

Example:

    model.optimizer.lr = 1e-4

Use instead:

    model.optimizer.learning_rate = 1e-4

Fix safety: unsafe: the learning rate changes from there on, as it was meant to.

References: https://keras.io/api/optimizers/
"""

from __future__ import annotations

from lstmlint.edits import rename_attribute, unsafe_fix
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

BAD = [
    """
import keras
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.optimizer.lr = 1e-4
""",
    """
import keras
optimizer = keras.optimizers.SGD(0.1)
optimizer.lr = optimizer.learning_rate * 0.5
""",
]
GOOD = [
    """
import keras
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.optimizer.learning_rate = 1e-4
""",
]


@claim("MIG019", "learning-rate-not-set", Severity.WARNING, kinds=("ignored-attribute",), specificity=10)
def learning_rate_not_set(fault: Fault, program: Program) -> Finding | None:
    return Finding(
        fault.place,
        "Nothing in Keras 3 reads `lr`: this sets an attribute of its own, and the learning rate stays what it was. Write learning_rate.",
        fix=unsafe_fix("Write `learning_rate`.", rename_attribute(fault.place, "lr", "learning_rate")),
        key=fault.place.node,
    )
