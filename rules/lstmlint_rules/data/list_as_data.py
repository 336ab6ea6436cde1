"""Python lists of numbers are given to a model.

What it does: finds lists of numbers or strings where fit, evaluate or predict want arrays.

Why is this bad: Keras 3 takes a list for several inputs, finds numbers in it, and raises; when y is the list, the
message blames x.

Example:

    model.fit([[0.1], [0.2]], [1, 0])

Use instead:

    model.fit(np.array([[0.1], [0.2]]), np.array([1, 0]))

References: https://keras.io/api/models/model_training_apis/
"""

from __future__ import annotations

import ast
from typing import Any

from lstmlint.faults import Fault
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import Array, ModelObject, Tensor, flatten

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((1,)), Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((2, 1)), [0.5, 1.0])
""",
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((1,)), Dense(1)])
model.compile("adam", "mse")
series, y = np.arange(10.0), []
for i in range(2):
    y.append(series[i + 1])
model.fit(np.zeros((2, 1)), y)
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((1,)), Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((2, 1)), np.array([0.5, 1.0]), verbose=0)
""",
]


@claim("DAT007", "list-as-data", Severity.ERROR, kinds=("not-an-array",), specificity=0)
def list_as_data(fault: Fault, program: Program) -> Finding | None:
    argument = fault.details["argument"]
    place = fault.blamed[0] if fault.blamed else None
    short = place is not None and len(place.text) < 30
    text = f"`{place.text}`" if place is not None and short else f"`{argument}`"
    blame = (
        " The exception speaks of x, but x is not the reason."
        if argument != "x" and not isinstance(fault.details.get("leaf"), Array)
        else ""
    )
    name = place.text if place is not None and short else argument
    leaf = fault.details.get("leaf")
    both = _x_and_y(fault.place, place) if argument == "x" else None
    if both is not None and not isinstance(leaf, str):
        advice = f"The brackets make two inputs of them; if they are x and y, give both by themselves: np.array({both[0]}), np.array({both[1]})."
    elif not isinstance(leaf, str):
        advice = f"Wrap it: np.array({name})."
    elif argument != "x":
        advice = f"Encode the labels: sklearn.preprocessing.LabelEncoder().fit_transform({name})."
    elif _takes_text(fault.subject):
        advice = f"Give it as tf.constant({name}) or np.array({name}, dtype=object)."
    else:
        advice = "Make numbers of the strings first, with a TextVectorization layer, and give them as an array."
    return Finding(
        fault.place,
        f"{text} is {fault.got}, and Keras takes only arrays, tensors and pandas objects for {argument}.{blame} {advice}",
        key=fault.place.node,
    )


def _x_and_y(call: Place, given: Place | None) -> tuple[str, str] | None:
    """The names of two lists in brackets, where no targets stand behind them: `fit((x, y))`."""
    if not isinstance(call.node, ast.Call) or given is None or not isinstance(given.node, (ast.Tuple, ast.List)):
        return None
    names = [one.id for one in given.node.elts if isinstance(one, ast.Name)]
    alone = len(call.node.args) < 2 and all(keyword.arg != "y" for keyword in call.node.keywords)
    return (names[0], names[1]) if alone and len(names) == len(given.node.elts) == 2 else None


READS_TEXT = ("TextVectorization", "StringLookup", "Hashing")


def _takes_text(model: Any) -> bool:
    """Does a model begin with strings?"""
    if not isinstance(model, ModelObject):
        return False
    inputs = [leaf.dtype for leaf in flatten(model.inputs) if isinstance(leaf, Tensor)]
    return "string" in inputs or any(layer.class_name in READS_TEXT for layer in model.layers)
