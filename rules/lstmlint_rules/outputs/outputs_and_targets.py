"""Targets, losses or metrics that don't match the model's outputs in number or name.

What it does: pairs the targets, losses and metrics of a model with its outputs, by order or by name.

Why is this bad: Keras raises when training begins.

Example:

    model = keras.Model(x, [a, b])
    model.compile("adam", "mse", metrics=["mae"])

Use instead:

    model.compile("adam", "mse", metrics=[["mae"], ["mae"]])

References: https://keras.io/guides/functional_api/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

BAD = [
    """
import keras
import numpy as np
from keras.layers import Dense
x = keras.Input((4,))
model = keras.Model(x, [Dense(1, name="a")(x), Dense(2, name="b")(x)])
model.compile("adam", "mse", metrics=["mae"])
model.fit(np.zeros((8, 4)), [np.zeros((8, 1)), np.zeros((8, 2))])
""",
    """
import keras
import numpy as np
from keras.layers import Dense
x = keras.Input((4,))
model = keras.Model(x, [Dense(1, name="a")(x), Dense(2, name="b")(x)])
model.compile("adam", {"a": "mse", "c": "mse"})
model.fit(np.zeros((8, 4)), [np.zeros((8, 1)), np.zeros((8, 2))])
""",
    """
import keras
import numpy as np
from keras.layers import Dense
x = keras.Input((4,))
model = keras.Model(x, [Dense(1, name="a")(x), Dense(2, name="b")(x)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 4)), np.zeros((8, 1)))
""",
    """
import keras
import numpy as np
from keras.layers import Dense
x = keras.Input((4,))
model = keras.Model(x, [Dense(1, name="a")(x), Dense(2, name="b")(x)])
model.compile("adam", "mse", loss_weights=[1.0, 0.5])
model.fit(np.zeros((8, 4)), [np.zeros((8, 1)), np.zeros((8, 2))])
""",
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((4,)), Dense(1, name="price")])
model.compile("adam", {"price": "mse"})
model.fit(np.zeros((8, 4)), np.zeros((8, 1)))
""",
    """
import keras
import numpy as np
from keras.layers import Dense
x = keras.Input((4,))
model = keras.Model(x, Dense(1, name="price")(x))
model.compile("adam", {"output": "mse"})
model.fit(np.zeros((8, 4)), np.zeros((8, 1)))
""",
    """
import keras
import numpy as np
from keras.layers import Dense
x = keras.Input((4,))
model = keras.Model(x, Dense(1, name="price")(x))
model.compile("adam", {"price": "mse"})
model.fit(np.zeros((8, 4)), {"price": np.zeros((8, 1))})
""",
    """
import keras
import numpy as np
from keras.layers import Dense
x = keras.Input((4,))
model = keras.Model(x, [Dense(1, name="a")(x), Dense(2, name="b")(x)])
model.compile("adam", {"a": "mse", "b": "mse"})
model.fit(np.zeros((8, 4)), {"a": np.zeros((8, 1)), "c": np.zeros((8, 2))})
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import Dense
x = keras.Input((4,))
model = keras.Model(x, [Dense(1, name="a")(x), Dense(2, name="b")(x)])
model.compile("adam", "mse", metrics=[["mae"], ["mae"]])
model.fit(np.zeros((8, 4)), [np.zeros((8, 1)), np.zeros((8, 2))], verbose=0)
""",
    """
import keras
import numpy as np
from keras.layers import Dense
x = keras.Input((4,))
model = keras.Model(x, Dense(1, name="price")(x))
model.compile("adam", {"price": "mse"})
model.fit(np.zeros((8, 4)), np.zeros((8, 1)), verbose=0)
""",
    """
import keras
import numpy as np
from keras.layers import Dense
x = keras.Input((4,))
model = keras.Model(x, [Dense(1, name="a")(x), Dense(2, name="b")(x)])
model.compile("adam", {"a": "mse", "b": "mse"})
model.fit(np.zeros((8, 4)), {"a": np.zeros((8, 1)), "b": np.zeros((8, 2))}, verbose=0)
""",
]


@claim(
    "OUT019",
    "outputs-and-targets",
    Severity.ERROR,
    kinds=(
        "target-count",
        "target-names",
        "loss-names",
        "loss-count",
        "metric-names",
        "metric-count",
        "weight-names",
        "weight-count",
    ),
    specificity=0,
)
def outputs_and_targets(fault: Fault, program: Program) -> Finding | None:
    outputs = fault.details["outputs"]
    names = _few([f"`{output.name}`" for output in outputs if output.name]) or f"{len(outputs)} outputs"
    what = {"target": "targets", "loss": "losses", "metric": "metrics", "weight": "loss weights"}[
        fault.kind.partition("-")[0]
    ]
    plural = "output" if len(outputs) == 1 else "outputs"
    if fault.details.get("nameless"):
        told = f"The output of a Sequential has no name, so that Keras finds no loss for {fault.got} and raises. Give the loss itself, without the dict."
    elif len(outputs) == 1 and fault.kind == "target-names":
        told = (
            f"The model has one output, and Keras 3 doesn't look its targets up by name: of the dict for {fault.got} it takes the name, a text, and "
            "raises. Give the array itself as y."
        )
    elif len(outputs) == 1 and fault.kind.endswith("-names"):
        told = f"The model's output is called {names}, but the {what} are for {fault.got}. Use the name of the output, or give the loss itself."
    elif fault.kind.endswith("-names"):
        told = f"The model's outputs are called {names}, but the {what} are for {fault.got}. Use the names of the outputs, which are those of their layers, or their keys in a dict."
    elif fault.kind == "weight-count":
        wanted, count = fault.details["wanted"], fault.details["count"]
        told = (
            f"The model is compiled with {wanted} {'loss' if wanted == 1 else 'losses'}, but loss_weights has {count}. Give a loss for each output, in "
            "a list or a dict, and a weight for each loss."
        )
    elif len(outputs) == 1:
        told = f"The model has one output, but gets {fault.got}. Give one array as y; several targets per sample are columns of it."
    elif not any(output.name for output in outputs):
        told = (
            f"The model's `call` gives {len(outputs)} tensors and needs {fault.required}, but gets {fault.got}. Give a list in their order, with None in "
            "compile's list of losses for what is no output to train; or return that one alone."
        )
    else:
        told = f"The model has {len(outputs)} {plural} ({names}) and needs {fault.required}, but gets {fault.got}. Give a list in their order, or a dict by name."
    compiled = fault.details.get("compile")
    where = (
        compiled.arguments.place(fault.details["argument"])
        if compiled is not None and "argument" in fault.details
        else None
    )
    return Finding(where or fault.place, told, key=fault.place.node)


def _few(names: list[str]) -> str:
    """The names in a row, each once, and no more than can be read."""
    different = list(dict.fromkeys(names))
    return ", ".join([*different[:4], "..."] if len(different) > 4 or len(different) < len(names) else different)
