"""A layer or a model is called with plain numbers.

What it does: finds numbers, and lists of them, where a layer or model is called.

Why is this bad: Keras 3 takes only tensors and arrays by position, and raises ValueError: "Only input tensors may be
passed as positional arguments".

Example:

    embedded = Embedding(1000, 8)([4, 20, 7])

Use instead:

    embedded = Embedding(1000, 8)(np.array([4, 20, 7]))

References: https://keras.io/api/layers/base_layer/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import LayerObject, ListValue

from ..evidence import subject_name

BAD = [
    """
from keras.layers import Embedding
embedded = Embedding(1000, 8)([4, 20, 7])
""",
    """
import keras
from keras.layers import Dense
model = keras.Sequential([Dense(1)])
model([[1.0, 2.0]])
""",
    """
import keras
from keras.layers import LSTM
model = keras.Sequential()
model.add(LSTM(4)(8))
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import Dense, Embedding, Rescaling, StringLookup
embedded = Embedding(1000, 8)(np.array([4, 20, 7]))
model = keras.Sequential([Dense(1)])
model(np.array([[1.0, 2.0]]))
StringLookup(vocabulary=["a", "b"])(["a"])
Rescaling(0.5)([1.0, 2.0])
""",
]


@claim("API036", "numbers-for-tensor", Severity.ERROR, kinds=("number-for-tensor",), specificity=10)
def numbers_for_tensor(fault: Fault, program: Program) -> Finding | None:
    place = fault.blamed[0] if fault.blamed else fault.place
    rows = isinstance(fault.details["value"], (ListValue, tuple))
    short = fault.blamed and len(place.text) < 30
    what = f"`{place.text}`" if short else "this"
    if rows:
        advice = f"Make an array of it: np.array({place.text if short else '...'})."
    elif isinstance(fault.subject, LayerObject) and fault.subject.calls:
        advice = "Give it a tensor or an array."
    else:
        advice = "The first brackets make a layer, the second ones take what it works on."
    return Finding(
        place,
        f"{subject_name(fault)} is called with {what}, {'plain numbers' if rows else 'a plain number'}, and Keras takes only tensors and arrays. {advice}",
        key=fault.place.node,
    )
