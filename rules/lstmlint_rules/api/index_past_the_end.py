"""An index is past the end of a model's layers or weights.

What it does: compares the indices into `model.layers`, `get_weights()`, `weights` and their relatives with how many there are.

Why is this bad: Python raises IndexError. An Input is none of the layers of a Sequential, but one of a Model's; a Dense has two
weights, an LSTM three.

Example:

    model = Sequential([Input((3,)), Dense(4), Dense(1)])
    hidden = model.layers[2]

Use instead:

    model = Sequential([Input((3,)), Dense(4), Dense(1)])
    hidden = model.layers[1]

References: https://keras.io/api/models/model/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import LayerObject, ListValue, ModelObject

_HEAD = """
import keras
from keras.layers import Dense, LSTM
model = keras.Sequential([keras.Input((5, 3)), LSTM(4), Dense(1)])
"""
BAD = [
    _HEAD + "head = model.layers[2]\n",
    _HEAD + "bias = model.layers[1].get_weights()[2]\n",
    _HEAD + "last = model.weights[5]\n",
]
GOOD = [
    _HEAD + "head, first = model.layers[1], model.layers[-2]\nnone = model.layers[2:]\n",
    _HEAD + "bias = model.layers[0].get_weights()[2]\n",
    _HEAD + "last = model.weights[4]\n",
    _HEAD + "try:\n    head = model.layers[2]\nexcept IndexError:\n    head = model.layers[-1]\n",
]


_OF_WEIGHTS = (
    "weights",
    "trainable_weights",
    "non_trainable_weights",
    "variables",
    "trainable_variables",
    "non_trainable_variables",
)


@claim("API042", "index-past-the-end", Severity.ERROR, kinds=("python-exception",), specificity=10)
def index_past_the_end(fault: Fault, program: Program) -> Finding | None:
    listed = fault.details.get("value")
    if not isinstance(listed, ListValue) or listed.lists is None or "index" not in fault.details:
        return None
    what, owner = listed.lists
    count, index = len(listed.items), fault.details["index"]
    if not isinstance(owner, LayerObject) or what not in ("layers", *_OF_WEIGHTS):
        return None
    if what == "layers":
        names = ", ".join(one.class_name for one in listed.items[:6] if isinstance(one, LayerObject))
        said = f"{count} {'layer' if count == 1 else 'layers'}" + (
            f" ({names}{', ...' if count > 6 else ''})" if names else ""
        )
        advice = (
            " An Input is none of a Sequential's layers."
            if isinstance(owner, ModelObject) and owner.kind == "Sequential"
            else ""
        )
    else:
        kind = what.replace("_", " ").removesuffix("s")
        said, advice = f"{count or 'no'} {kind}{'' if count == 1 else 's'}", ""
    runs = f"indices run from 0 to {count - 1}, or -{count} to -1" if count else "there is nothing to index"
    return Finding(
        fault.place,
        f"This {owner.class_name} has {said}, so that [{index}] raises IndexError: {runs}.{advice}",
        key=fault.place.node,
    )
