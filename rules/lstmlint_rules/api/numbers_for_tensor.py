"""A layer, a model or a loss is called with plain numbers.

What it does: finds numbers, and lists of them, where a layer or model is called, and lists where a loss takes one tensor:
`sparse_categorical_crossentropy`, and a loss object whose targets and predictions aren't nested in the same way.

Why is this bad: Keras 3 takes only tensors and arrays by position, and raises ValueError: "Only input tensors may be
passed as positional arguments". A loss object takes a list for as many outputs of a model, and
`sparse_categorical_crossentropy` asks a list for its shape.

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
from lstmlint.values import LayerObject, ListValue, flatten

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
    """
import keras
print(keras.losses.sparse_categorical_crossentropy([1, 2], [[0.05, 0.95, 0], [0.1, 0.8, 0.1]]))
""",
    """
import keras
import numpy as np
loss = keras.losses.MeanSquaredError()
print(loss([1.0, 2.0], np.array([1.5, 2.5])))
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
    """
import keras
import numpy as np
print(keras.losses.sparse_categorical_crossentropy(np.array([1, 2]), np.array([[0.05, 0.95, 0], [0.1, 0.8, 0.1]])))
print(keras.losses.mean_squared_error([1.0, 2.0], np.array([1.5, 2.5])))
print(keras.losses.MeanSquaredError()([1.0, 2.0], [1.5, 2.5]))
""",
]


@claim("API036", "numbers-for-tensor", Severity.ERROR, kinds=("number-for-tensor",), specificity=10)
def numbers_for_tensor(fault: Fault, program: Program) -> Finding | None:
    place = fault.blamed[0] if fault.blamed else fault.place
    value = fault.details["value"]
    rows = isinstance(value, (ListValue, tuple))
    numbers = all(isinstance(leaf, (int, float)) for leaf in flatten(value))
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
        f"{subject_name(fault)} is called with {what}, {'plain numbers' if numbers and rows else 'a list' if rows else 'a plain number'}, and Keras takes only tensors and arrays. {advice}",
        key=fault.place.node,
    )
