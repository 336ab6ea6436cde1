"""Inputs and targets with different numbers of samples.

What it does: compares the first axes of x, y and sample_weight, and of validation data; and of what `train_test_split` and
`tf.data.Dataset.from_tensor_slices` are given before.

Why is this bad: Keras pairs the arrays sample by sample and raises when one is longer than the other.

Example:

    model.fit(X, y[look_back + 1:])  # X has one window more

Use instead:

    model.fit(X, y[look_back:])

References: https://keras.io/api/models/model_training_apis/
"""

from __future__ import annotations

from lstmlint.diagnostic import ShapePair
from lstmlint.dims import same, unless_none
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import Array, ListValue, flatten

from ..provenance import mixed_parts
from ..training import counted, named, origin

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((5, 3)), LSTM(4), Dense(1)])
model.compile("adam", "mse")
X, y = np.zeros((8, 5, 3)), np.zeros((7, 1))
model.fit(X, y)
""",
    """
import keras
import numpy as np
import tensorflow as tf
batches = tf.data.Dataset.from_tensor_slices((np.zeros((8, 5, 3)), np.zeros(7))).batch(4)
""",
    """
import keras
import numpy as np
from sklearn.model_selection import train_test_split
X_train, X_test, y_train, y_test = train_test_split(np.zeros((8, 3)), np.zeros(7))
""",
    """
import keras
import numpy as np
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("adam", "mse")
X = np.random.rand(40, 3)
X = X[X[:, 0] > 0]
y = X[:, 1]
model.fit(X[:-1], y)
""",
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((5, 1)), LSTM(4), Dense(1)])
model.compile("adam", "mse")
series, X = np.arange(10.0), []
for i in range(3):
    X.append(series[i:i + 5].reshape(5, 1))
model.fit(X, series[5:8])
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
from keras.layers import Dense
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("adam", "mse")
X = np.random.rand(40, 3)
X = X[X[:, 0] > 0]
y = X[:, 1]
model.fit(X[:-1], y[1:], verbose=0)
model.fit(X[:100], y, verbose=0)
""",
]


@claim("DAT006", "sample-counts-differ", Severity.ERROR, kinds=("sample-counts", "sample-count"), specificity=0)
def sample_counts_differ(fault: Fault, program: Program) -> Finding | None:
    if fault.kind == "sample-count":
        return _of_other_libraries(fault)
    first, second = fault.details["first"], fault.details["second"]
    one = named(first, f"`{fault.details['first_name']}`")
    other = named(second, f"`{fault.details['second_name']}`")
    rows = _listed(fault, program)
    mixed = mixed_parts(first, second) if fault.details["second_name"] == "y" else None
    if mixed is not None:
        told = f"{one} has {counted(unless_none(first.shape[0]), 'sample')}, but {other} has {unless_none(second.shape[0])}. {mixed}"
    elif rows is not None:
        told = (
            f"`{fault.details['first_name']}` is a Python list of {rows} arrays {first.shape}, which Keras takes for {rows} inputs of {first.shape[0]} "
            f"samples each. Make one array of it: np.array(...) is ({rows}, {', '.join(map(str, first.shape))})."
        )
    elif first.shape[0].known == 1 and same(first.shape.get(1), second.shape[0]) is True:
        told = (
            f"{one} {first.shape} is a single sample with {first.shape[1]} steps, but {other} {second.shape} has {second.shape[0]} samples. If each "
            f"step has its target, give {other} that axis too: {other.strip('`')}[np.newaxis]. Else cut {one} into windows, one for each target."
        )
    elif max(len(str(first.shape[0])), len(str(second.shape[0]))) > 40:
        told = f"{one} and {other} differ in their number of samples. Both need one row per sample: cut the longer one, or make both with the same loop."
    else:
        told = (
            f"{one} has {counted(unless_none(first.shape[0]), 'sample')} {first.shape}, but {other} has {unless_none(second.shape[0])} {second.shape}. Both need one row "
            "per sample: cut the longer one, or make both with the same loop."
        )
    return Finding(
        fault.place,
        told,
        related=(*origin(first), *origin(second)),
        shapes=ShapePair(str(first.shape), str(second.shape)),
        key=fault.place.node,
    )


def _of_other_libraries(fault: Fault) -> Finding | None:
    """What scikit-learn splits or shuffles, and tf.data cuts into rows, before it comes to Keras."""
    arrays = fault.details["arrays"]
    first, second = next(
        ((arrays[0], a) for a in arrays[1:] if same(arrays[0].shape[0], a.shape[0]) is False), (None, None)
    )
    if first is None or second is None or not isinstance(fault.subject, str):
        return None
    one, other = named(first, "the first array"), named(second, "another one")
    return Finding(
        fault.place,
        f"{one[0].upper()}{one[1:]} has {counted(first.shape[0], 'row')} {first.shape}, but {other} has {second.shape[0]} {second.shape}, and "
        f"{fault.subject.rpartition('.')[2]} raises ValueError. Both need one row per sample: cut the longer one, or make both with the same loop.",
        related=(*origin(first), *origin(second)),
        shapes=ShapePair(str(first.shape), str(second.shape)),
        key=fault.place.node,
    )


def _listed(fault: Fault, program: Program) -> int | None:
    """The number of arrays in a list that should be one array: the samples of a model's only input; None for all else."""
    use = next((use for use in program.uses if use.place.node is fault.place.node), None)
    if (
        use is None
        or not isinstance(use.x, ListValue)
        or use.x.open
        or len(use.x.items) < 2
        or fault.details["first_name"] != "x"
    ):
        return None
    if len(flatten(use.model.inputs)) != 1 or not all(isinstance(item, Array) for item in use.x.items):
        return None
    return len(use.x.items)
