"""Data and targets are of different parts of a split.

What it does: finds models that are trained or evaluated with data and targets that come from one `train_test_split` and are not its
training parts, or its test parts, both.

Why is this bad: `train_test_split(X, y)` gives four arrays: both parts of X, then both parts of y. Whoever takes them in another order
trains on rows that have no target of their own. Where the parts have as many rows as each other, nothing raises.

Example:

    X_train, y_train, X_test, y_test = train_test_split(X, y)
    model.fit(X_train, y_train)

Use instead:

    X_train, X_test, y_train, y_test = train_test_split(X, y)
    model.fit(X_train, y_train)

References: https://scikit-learn.org/stable/modules/generated/sklearn.model_selection.train_test_split.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..provenance import mixed_parts

_HEAD = """
import keras
import numpy as np
from keras.layers import Dense
from sklearn.model_selection import train_test_split
X = np.random.rand(40, 3)
model = keras.Sequential([keras.Input((3,)), Dense(1)])
model.compile("adam", "mse")
"""
BAD = [
    _HEAD
    + """
X_train, y_train, X_test, y_test = train_test_split(X, X[:, 0], test_size=0.5)
model.fit(X_train, y_train[:, 0])
""",
    _HEAD
    + """
X_train, X_test, y_train, y_test = train_test_split(X, X[:, 0], test_size=0.5)
model.fit(X_train, y_test)
""",
    _HEAD
    + """
X_train, X_test, y_train, y_test = train_test_split(X, X[:, 0], test_size=0.5)
model.fit(X_train, y_train, validation_data=(X_test, y_train), verbose=0)
""",
]
GOOD = [
    _HEAD
    + """
X_train, X_test, y_train, y_test = train_test_split(X, X[:, 0], test_size=0.5)
model.fit(X_train, y_train, validation_data=(X_test, y_test), verbose=0)
model.evaluate(X_test, y_test, verbose=0)
""",
    _HEAD
    + """
X_train, X_test = train_test_split(X, test_size=0.5)
model.fit(X_train, X_train[:, 0], validation_data=(X_test, X_test[:, 0]), verbose=0)
""",
]


@check("DAT039", "parts-mixed", Severity.WARNING)
def parts_mixed(program: Program) -> Iterator[Finding]:
    for use in program.uses:
        if use.verdict == "raises" or not use.method.startswith(("fit", "evaluate", "train", "test")):
            continue
        validation = use.validation if isinstance(use.validation, tuple) else ()
        pairs = [(use.x, use.y), *([validation[:2]] if len(validation) > 1 else [])]
        mixed = next((found for x, y in pairs if (found := mixed_parts(x, y)) is not None), None)
        if mixed is not None:
            yield Finding(use.place, mixed)
