"""Data whose axes have other sizes than the model was built for.

What it does: compares the data's features and timesteps with those of the model's input.

Why is this bad: a layer's weights are made for one number of features, and a functional model checks every fixed
axis: Keras raises with the first batch.

Example:

    model = Sequential([Input((10, 4)), LSTM(8), Dense(1)])
    model.fit(np.zeros((100, 10, 3)), y)

Use instead:

    model = Sequential([Input((10, 3)), LSTM(8), Dense(1)])

References: https://keras.io/api/models/model_training_apis/
"""

from __future__ import annotations

from lstmlint.diagnostic import ShapePair
from lstmlint.dims import same
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import Array

from ..training import AXES, model_input, named, origin, subject

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((5, 3)), LSTM(4), Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 5, 2)), np.zeros((8, 1)))
""",
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
inputs = keras.Input((5, 3))
model = keras.Model(inputs, Dense(1)(LSTM(4)(inputs)))
model.predict(np.zeros((2, 6, 3)))
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((5, 3)), LSTM(4), Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 5, 3)), np.zeros((8, 1)), verbose=0)
""",
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((5, 3)), LSTM(4), Dense(1)])
model.compile("adam", "mse")
model.predict(np.zeros((2, 6, 3)), verbose=0)
""",
]


@claim("DAT005", "data-size", Severity.ERROR, kinds=("input-size",), specificity=0)
def data_size(fault: Fault, program: Program) -> Finding | None:
    array = fault.details.get("array")
    axis, wanted, size = fault.details["axis"], fault.details["required_size"], fault.details["size"]
    consumer = fault.details.get("consumer")
    axes = AXES.get(
        getattr(consumer, "class_name", ""), ("batch", "features") if fault.details["expected"].rank == 2 else ()
    )
    what = axes[axis] if axis < len(axes) and len(axes) == fault.details["expected"].rank else f"in axis {axis}"
    got = array.shape if isinstance(array, Array) else fault.details["shape"]
    swapped = list(map(str, fault.details["shape"]))[1:] == list(map(str, fault.details["expected"]))[:0:-1]
    advice = (
        "The two axes look swapped: use np.transpose(X, (0, 2, 1)), not reshape."
        if swapped and got.rank == 3
        else (f"Give the model's Input {size}, or the data {wanted}.")
    )
    inner = fault.details["expected"].slice(1)
    if (
        isinstance(array, Array)
        and array.shape.rank == inner.rank
        and all(same(a, b) is True for a, b in zip(array.shape, inner))
    ):
        advice = f"It is one sample: put a batch axis in front, {named(array, 'X')}[np.newaxis]."
    return Finding(
        fault.place,
        f"{subject(fault, 'x', array)} is {got} with {size} {what}, but the model wants {wanted}: {model_input(fault)}. {advice}",
        related=origin(array),
        shapes=ShapePair(str(fault.details["expected"]), str(got)),
        key=fault.place.node,
    )
