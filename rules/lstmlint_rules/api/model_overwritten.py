"""What a method of the model returns is used as if it were the model.

What it does: finds `model = model.compile(...)`, `model = Sequential(...).add(...)`, `model = model.fit(...)` and the like, where the name is used
as a model afterwards.

Why is this bad: `compile`, `add`, `summary` and `build` return None, and `fit` returns a History. The next line
raises AttributeError.

Example:

    model = model.fit(X, y)
    model.predict(X)

Use instead:

    history = model.fit(X, y)
    model.predict(X)

Fix safety: safe: without the assignment the name keeps the model.

References: https://keras.io/api/layers/recurrent_layers/
"""

from __future__ import annotations

import ast

from lstmlint.edits import (
    safe_fix,
)
from lstmlint.faults import Fault
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim, replace_text

from ..surroundings import parent

BAD = [
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model = model.compile("adam", "mse")
model.summary()
""",
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("adam", "mse")
model = model.fit(np.zeros((2, 3)), np.zeros((2, 1)), verbose=0)
model.predict(np.zeros((2, 3)))
""",
    """
import keras
import numpy as np
from keras.layers import Dense
class Trainer:
    def build(self):
        self.model = keras.Sequential([keras.Input((3,)), Dense(1)]).compile("adam", "mse")
    def train(self):
        self.model.fit(np.zeros((2, 3)), np.zeros((2, 1)), verbose=0)
trainer = Trainer()
trainer.build()
trainer.train()
""",
    """
import keras
from keras.layers import Dense
model = keras.Sequential().add(Dense(1, input_shape=(3,)))
if True:
    model.add(Dense(2))
""",
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("adam", "mse")
trained = model.fit(np.zeros((2, 3)), np.zeros((2, 1)), verbose=0)
trained.save("model.keras")
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("adam", "mse")
history = model.fit(np.zeros((2, 3)), np.zeros((2, 1)), verbose=0)
model.predict(np.zeros((2, 3)), verbose=0)
print(history.history["loss"], history.model.count_params(), history.params, history.epoch)
""",
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
result = model.compile("adam", "mse")
if result is not None:
    result.summary()
model.summary()
""",
]


@claim("API014", "model-overwritten", Severity.ERROR, kinds=("nothing-returned", "history-used"), specificity=30)
def model_overwritten(fault: Fault, program: Program) -> Finding | None:
    if fault.kind == "history-used":
        call, method, given = fault.subject.place, "fit", "a History"
    else:
        gave = fault.details["nothing"]
        call, method, given = gave.place, gave.name.rpartition(".")[2], "None"
        if not gave.name.startswith(("keras.Model.", "keras.Sequential.")):
            return None
    if call is None or call.tree is not program.tree:
        return None
    name = _overwritten(program, call)
    if name is None:
        used = fault.place.text if "\n" not in fault.place.text and len(fault.place.text) < 60 else "what is used here"
        return Finding(
            fault.place,
            f"`{used}` raises: this is {given}, which {method}() returns, and no model. "
            + (
                "Call the methods of the model itself."
                if method == "fit"
                else f"Give the model a name first, and call {method} in a line of its own."
            ),
            related=((f"{method}() returns {given} here", call),),
            key=fault.place.node,
        )
    statement = Place(call.tree, parent(program, call.node))
    return Finding(
        statement,
        f"{method}() returns {given}, so `{name}` is no model any more, and `{fault.place.text}` raises. "
        f"Leave `{name} =` out" + (", or call it history." if method == "fit" else "."),
        related=((f"`{name}` is used as a model here", fault.place),),
        fix=safe_fix(f"Leave `{name} =` out.", replace_text(statement, call.text)),
        key=fault.place.node,
    )


def _overwritten(program: Program, call: Place) -> str | None:
    """The name to which `name = name.method(...)` gives what the method returns."""
    statement, node = parent(program, call.node), call.node
    if not isinstance(statement, ast.Assign) or statement.value is not node or len(statement.targets) != 1:
        return None
    target, owner = statement.targets[0], getattr(getattr(node, "func", None), "value", None)
    same = isinstance(target, ast.Name) and isinstance(owner, ast.Name) and owner.id == target.id
    return target.id if same and isinstance(target, ast.Name) else None
