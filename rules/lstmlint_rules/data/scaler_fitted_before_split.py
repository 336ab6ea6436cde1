"""A scaler is fitted on all data before they are split.

What it does: follows the result of a scaler's `fit_transform` into both a training and a test part.

Why is this bad: the scaler has seen the test data: their mean, spread or extremes are in the training data. The test
looks better than the model is.

Example:

    scaled = scaler.fit_transform(data)
    train, test = scaled[:800], scaled[800:]

Use instead:

    train, test = data[:800], data[800:]
    train, test = scaler.fit_transform(train), scaler.transform(test)

References: https://scikit-learn.org/stable/common_pitfalls.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    Array,
)

from ..evidence import (
    line,
)
from ..provenance import HELD_OUT, TRAINING, fitted_with
from ..surroundings import in_a_loop_over

BAD = [
    """
import keras
import numpy as np
from sklearn.preprocessing import StandardScaler
data = np.random.rand(1000, 3)
scaled = StandardScaler().fit_transform(data)
train, test = scaled[:800], scaled[800:]
""",
    """
import keras
import numpy as np
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
X, y = np.random.rand(100, 3), np.random.rand(100)
X = StandardScaler().fit_transform(X)
X_train, X_test, y_train, y_test = train_test_split(X, y)
""",
]
GOOD = [
    """
import keras
import numpy as np
from sklearn.preprocessing import StandardScaler
data = np.random.rand(1000, 3)
train, test = data[:800], data[800:]
scaler = StandardScaler()
train, test = scaler.fit_transform(train), scaler.transform(test)
""",
    """
import keras
import numpy as np
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
recorded = np.random.rand(100, 20, 3)
X = np.array([StandardScaler().fit_transform(one) for one in recorded])
X_train, X_test = train_test_split(X)
""",
    """
import numpy as np
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
X_train_val, X_test = train_test_split(np.random.rand(100, 3))
X_train_val = StandardScaler().fit_transform(X_train_val)
X_train_val = X_train_val.astype("float32")
""",
]


@check("DAT020", "scaler-fitted-before-split", Severity.WARNING)
def scaler_fitted_before_split(program: Program) -> Iterator[Finding]:
    reported: set[int] = set()
    for way in program.ways:
        training: dict[int, Place] = {}
        held_out: dict[int, tuple[Array, Place]] = {}
        for binding in way.bindings:
            trains = TRAINING.search(binding.name)
            tests = not trains and HELD_OUT.search(binding.name)  # of `train_val` both are for training
            if not isinstance(binding.value, Array) or not (tests or trains):
                continue
            for array in fitted_with(binding.value):
                if array is binding.value:
                    continue
                if tests:
                    held_out.setdefault(array.uid, (array, binding.place))
                else:
                    training.setdefault(array.uid, binding.place)
        for uid, (array, place) in held_out.items():
            made = array.made.place if array.made is not None else None
            if uid not in training or made is None or id(made.node) in reported:
                continue
            if in_a_loop_over(program, made.node):
                continue  # each sample is scaled by itself
            reported.add(id(made.node))
            yield Finding(
                made,
                f"The scaler is fitted on all the data, and what is tested with on {line(place)} is a part of them. Split first, fit the scaler on "
                f"the training part, and transform the other with it.",
                related=(("this part is for training", training[uid]), ("this part is held out", place)),
            )
