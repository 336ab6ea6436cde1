"""A name that isn't in the history.

What it does: compares the names that are read from `history.history`, or from what `evaluate(..., return_dict=True)` gives,
with what was measured: the loss, the metrics as compile was given them, and in `fit` the same with `val_` where there is
validation data. `model.history` is the history of the last `fit`. What `fit` returns is no dict itself.

Why is this bad: the history is a plain dict, and a missing name is a KeyError, often after hours of training.

Example:

    model.compile("adam", "mse", metrics=["accuracy"])
    history = model.fit(X, y)
    plt.plot(history.history["acc"])

Use instead:

    plt.plot(history.history["accuracy"])

Fix safety: safe: the name that is read is not there, and the one that is put in its place is the same metric's.

References: https://keras.io/api/callbacks/
"""

from __future__ import annotations

import ast
import difflib

from lstmlint.diagnostic import Fix
from lstmlint.edits import insert_after, replace, safe_fix
from lstmlint.faults import Fault
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import DictValue, Object, Unknown

from ..evidence import line
from ..surroundings import parent, statements_after

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("adam", "mse", metrics=["mae"])
history = model.fit(np.zeros((8, 4)), np.zeros(8), verbose=0)
print(history.history["val_loss"])
""",
    """
import keras
import numpy as np
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(np.zeros((8, 4)), np.zeros(8), verbose=0)
print(model.history.history["acc"])
""",
    """
import keras
import numpy as np
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse", metrics=["mae"])
scores = model.evaluate(np.zeros((8, 4)), np.zeros(8), return_dict=True, verbose=0)
print(scores["mean_absolute_error"])
""",
    """
import keras
import numpy as np
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
history = model.fit(np.zeros((8, 4)), np.zeros(8), verbose=0)
print(history["loss"])
""",
    """
import keras
import numpy as np
class Stop(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs={}):
        if logs.get("acc") > 0.99:
            self.model.stop_training = True
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(np.zeros((8, 4)), np.zeros(8), callbacks=[Stop()], verbose=0)
""",
    """
import keras
import numpy as np
class Note(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        reached = logs.get("val_loss")
        if reached < 0.1:
            print("there")
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 4)), np.zeros(8), callbacks=[Note()], verbose=0)
""",
    """
import keras
import numpy as np
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("sgd", "mse")
schedule = keras.callbacks.LearningRateScheduler(lambda epoch: 1e-8 * 10 ** (epoch / 20))
history = model.fit(np.zeros((8, 4)), np.zeros(8), epochs=3, callbacks=[schedule], verbose=0)
print(history.history["lr"])
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("adam", "mse", metrics=["mae"])
history = model.fit(np.zeros((8, 4)), np.zeros(8), validation_split=0.25, verbose=0)
print(history.history["val_mae"])
""",
    """
import keras
import numpy as np
class Stop(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        reached = logs.get("acc") or logs.get("accuracy")
        found = logs.get("val_loss")
        if reached > 0.99 or (found is not None and found < 0.1):
            self.model.stop_training = True
        print(logs.get("val_accuracy"), logs.get("lr"))
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(np.ones((8, 4)), np.ones(8), callbacks=[Stop()], verbose=0)
""",
]


_PAIRS = (
    ("acc", "accuracy"), ("mae", "mean_absolute_error"), ("mse", "mean_squared_error"), ("mape", "mean_absolute_percentage_error"),
    ("msle", "mean_squared_logarithmic_error"),
)  # fmt: skip
OTHER_NAMES = {a: b for pair in _PAIRS for a, b in (pair, pair[::-1])} | {"lr": "learning_rate"}
"""The other name of a metric, under which it is measured where compile was given that one; and Keras 3's of the learning rate."""


@claim("OUT022", "history-key", Severity.ERROR, kinds=("python-exception", "missing-entry", "no-items"), specificity=10)
def history_key(fault: Fault, program: Program) -> Finding | None:
    receiver, key = fault.details.get("receiver"), fault.details.get("key")
    if fault.kind == "no-items" and isinstance(fault.subject, Object) and fault.subject.class_name == "History":
        return Finding(
            fault.place,
            f"This is the History object that `fit` returns, which has no items. {_INSTEAD}",
            fix=_deeper(fault),
            key=fault.place.node,
        )
    if not isinstance(receiver, DictValue):
        return None
    sample = receiver.sample
    if not isinstance(sample, Unknown) or not isinstance(sample.key, tuple) or not isinstance(key, str):
        return None
    if sample.key[0] != "history" or (not fault.raises and not _is_compared(fault.place, program)):
        return None
    use, logs = sample.key[1], len(sample.key) > 2
    names = [str(name) for name in receiver.entries]
    bare = key.removeprefix("val_")
    meant = None
    if key.startswith("val_") and bare in names and use.method != "fit":
        meant = bare
        advice = f'Use "{bare}".'
    elif key.startswith("val_") and bare in names:
        advice = "Give fit validation_data or validation_split."
    else:
        other = ("val_" if key != bare else "") + OTHER_NAMES.get(bare, "")
        near = [other] if other in names else difflib.get_close_matches(key, names, 1, 0.6)
        meant = other if other in names else None
        advice = f'Use "{near[0]}".' if near else "Add the metric in compile, or read one of these."
    whose = "The logs have" if logs else "This history has" if use.method == "fit" else f"What {use.method} gives has"
    none = "" if fault.raises else " That is None, and comparing it with a number raises TypeError."
    return Finding(
        fault.place,
        f"{whose} no `{key}`: the {use.method} on {line(use.place)} measures {', '.join(names)}.{none} {advice}",
        related=(("it comes from here", use.place),),
        fix=_fix(fault, meant),
        key=fault.place.node,
    )


_INSTEAD = "What was measured is in its attribute `history`, a dict."


def _deeper(fault: Fault) -> Fix | None:
    """`history["loss"]` as `history.history["loss"]`"""
    node = fault.place.node
    if not isinstance(node, ast.Subscript) or not isinstance(fault.details.get("key"), str):
        return None
    return safe_fix("Read its attribute `history`.", insert_after(Place(fault.place.tree, node.value), ".history"))


def _is_compared(place: Place, program: Program) -> bool:
    """Is the value compared with a number, there or under its new name in the statement that follows?"""
    node: ast.AST | None = place.node if isinstance(place.node, ast.AST) else None
    above = parent(program, node)
    if isinstance(above, ast.Assign) and len(above.targets) == 1 and isinstance(above.targets[0], ast.Name):
        following = statements_after(program, above)[:1]
        test = following[0].test if following and isinstance(following[0], ast.If) else None
        sides = [test.left, *test.comparators] if isinstance(test, ast.Compare) else []
        named = [side for side in sides if isinstance(side, ast.Name) and side.id == above.targets[0].id]
        return bool(named) and isinstance(test, ast.Compare) and _orders(test)
    return isinstance(above, ast.Compare) and _orders(above)


def _orders(comparison: ast.Compare) -> bool:
    return all(isinstance(op, (ast.Lt, ast.LtE, ast.Gt, ast.GtE)) for op in comparison.ops)


def _fix(fault: Fault, meant: str | None) -> Fix | None:
    """Put the name that is there for the one that isn't."""
    node = fault.place.node
    text = (
        node.slice
        if isinstance(node, ast.Subscript)
        else node.args[0]
        if isinstance(node, ast.Call) and node.args
        else None
    )
    if meant is None or not isinstance(text, ast.Constant) or not isinstance(text.value, str):
        return None
    return safe_fix(f'Write "{meant}".', replace(Place(fault.place.tree, text), f'"{meant}"'))
