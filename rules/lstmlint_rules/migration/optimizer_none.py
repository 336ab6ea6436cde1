"""An optimizer is given None where it calculates with a number.

What it does: finds `epsilon=None`, and the same of other numbers, in the optimizers of models that are trained.

Why is this bad: None stood for the usual value in Keras 2, whose documentation showed it as the default. Keras 3 takes it as it is, and
the first step of the training raises ValueError, "None values not supported."

Example:

    model.compile(keras.optimizers.Adam(learning_rate=0.001, epsilon=None), "mse")
    model.fit(X, y)

Use instead:

    model.compile(keras.optimizers.Adam(learning_rate=0.001), "mse")
    model.fit(X, y)

Fix safety: safe: without the argument the optimizer takes its default.

References: https://keras.io/api/optimizers/
"""

from __future__ import annotations

from lstmlint.edits import remove_keyword, safe_fix
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..evidence import line

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((5, 3)), LSTM(4), Dense(1)])
model.compile(keras.optimizers.Adam(learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=None, amsgrad=False), "mse")
model.fit(np.zeros((8, 5, 3)), np.zeros((8, 1)), verbose=0)
""",
    """
import keras
import numpy as np
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
optimizer = keras.optimizers.RMSprop(epsilon=None)
model.compile(optimizer, "mse")
model.train_on_batch(np.zeros((8, 3)), np.zeros((8, 1)))
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((5, 3)), LSTM(4), Dense(1)])
model.compile(keras.optimizers.Adam(0.001, 0.9, 0.999, 1e-7, weight_decay=None, clipnorm=None), "mse")
model.fit(np.zeros((8, 5, 3)), np.zeros((8, 1)), verbose=0)
model.compile(keras.optimizers.Adam(epsilon=None), "mse")
model.predict(np.zeros((8, 5, 3)), verbose=0)
""",
]


@claim("MIG021", "optimizer-none", Severity.ERROR, kinds=("optimizer-none",), specificity=10)
def optimizer_none(fault: Fault, program: Program) -> Finding | None:
    optimizer, name = fault.details["optimizer"], fault.details["argument"]
    return Finding(
        fault.blamed[0] if fault.blamed else fault.place,
        f"{optimizer.class_name} calculates with `{name}` in Keras 3, which may not be None: the first step of the training on {line(fault.place)} raises "
        f"ValueError. Leave it out, and it has its default.",
        related=(("the training begins here", fault.place),),
        fix=safe_fix(f"Leave `{name}=None` out.", remove_keyword(optimizer.place, name)),
        key=("optimizer-none", id(optimizer.place.node) if optimizer.place is not None else None, name),
    )
