"""Folds are stratified by one-hot rows.

What it does: looks at the labels that `StratifiedKFold(...).split(X, y)` gets, and those of `RepeatedStratifiedKFold` and
`StratifiedGroupKFold`.

Why is this bad: they count the classes, and take one label for each sample. For several columns scikit-learn raises
ValueError: "Supported target types are: ('binary', 'multiclass'). Got 'multilabel-indicator' instead".

Example:

    y = keras.utils.to_categorical(labels)
    for train, test in StratifiedKFold(5).split(X, y):
        model.fit(X[train], y[train])

Use instead:

    y = keras.utils.to_categorical(labels)
    for train, test in StratifiedKFold(5).split(X, labels):
        model.fit(X[train], y[train])

References: https://scikit-learn.org/stable/modules/generated/sklearn.model_selection.StratifiedKFold.html
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import Array

from ..training import named

_HEAD = """
import keras
import numpy as np
from sklearn.model_selection import KFold, RepeatedStratifiedKFold, StratifiedKFold
X, labels = np.zeros((12, 3)), np.arange(12) % 3
y = keras.utils.to_categorical(labels, 3)
"""
BAD = [
    _HEAD + "for train, test in StratifiedKFold(3).split(X, y):\n    print(X[train].shape)\n",
    _HEAD
    + "folds = RepeatedStratifiedKFold(n_splits=2, n_repeats=2)\nfor i, (train, test) in enumerate(folds.split(X, y=y)):\n    print(X[train].shape)\n",
]
GOOD = [
    _HEAD + "for train, test in StratifiedKFold(3).split(X, labels):\n    print(y[train].shape)\n",
    _HEAD + "for train, test in StratifiedKFold(3).split(X, y.argmax(axis=1)):\n    print(y[train].shape)\n",
    _HEAD + "for train, test in StratifiedKFold(3).split(X, labels[:, None]):\n    print(y[train].shape)\n",
    _HEAD + "for train, test in KFold(3).split(X, y):\n    print(y[train].shape)\n",
]


@claim("DAT035", "stratified-one-hot", Severity.ERROR, kinds=("labels-in-columns",), specificity=0)
def stratified_one_hot(fault: Fault, program: Program) -> Finding | None:
    array = fault.details["array"]
    if not isinstance(array, Array) or not isinstance(fault.subject, str):
        return None
    place = fault.blamed[0] if fault.blamed else fault.place
    what, name = named(array, "the labels"), fault.subject.split(".")[2]
    made = place.text if place.text.isidentifier() else "y"
    columns = f"{array.shape[1]} columns" if fault.raises else "a column for each class"
    return Finding(
        place,
        f"{name} counts the classes and takes one label for each sample, but {what}, {array.shape}, {'has' if array.name else 'have'} "
        f"{columns}, so that scikit-learn raises. Give it the labels themselves, or {made}.argmax(axis=1).",
        severity=None if fault.raises else Severity.WARNING,
        key=fault.place.node,
    )
