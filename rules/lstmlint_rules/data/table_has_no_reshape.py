"""A DataFrame or Series is reshaped as if it were an array.

What it does: finds calls of `reshape` and `flatten`, which NumPy's arrays have, on tables of pandas.

Why is this bad: pandas raises AttributeError: a table has two axes, or one, and no other number of them. `train_test_split`
and slices of a table give tables again.

Example:

    X_train = X_train.reshape(X_train.shape[0], X_train.shape[1], 1)

Use instead:

    X_train = X_train.to_numpy().reshape(X_train.shape[0], X_train.shape[1], 1)

Fix safety: safe. The array has the table's values.

References: https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.to_numpy.html
"""

from __future__ import annotations

from lstmlint.edits import rename_attribute, safe_fix
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..training import named

_HEAD = """
import keras
import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split
table = pd.DataFrame(np.random.rand(100, 5), columns=list("abcde"))
"""
BAD = [
    _HEAD + "X = table.reshape(100, 5, 1)\n",
    _HEAD + "y = table['e'].reshape(-1, 1)\n",
    _HEAD
    + "train, test = train_test_split(table[['a', 'b']], shuffle=False)\nX = train.reshape(train.shape[0], 2, 1)\n",
]
GOOD = [
    _HEAD + "X = table.to_numpy().reshape(100, 5, 1)\ny = table['e'].values.reshape(-1, 1)\n",
    _HEAD + "X = np.reshape(table, (100, 5, 1))\n",
    _HEAD + "try:\n    X = table.reshape(100, 5, 1)\nexcept AttributeError:\n    X = table.values.reshape(100, 5, 1)\n",
]


@claim("DAT036", "table-has-no-reshape", Severity.ERROR, kinds=("no-attribute",), specificity=20)
def table_has_no_reshape(fault: Fault, program: Program) -> Finding | None:
    if not isinstance(fault.subject, str) or not fault.subject.startswith("pandas."):
        return None
    array, kind = fault.details["array"], fault.subject.rpartition(".")[2]
    return Finding(
        fault.place,
        f"{named(array, 'This')} is a {kind} of pandas, {array.shape}, which has no `{fault.got}`, so that this raises AttributeError. Take its array: "
        f".to_numpy().{fault.got}(...).",
        fix=safe_fix("Take its array.", rename_attribute(fault.place, fault.got, f"to_numpy().{fault.got}")),
        key=fault.place.node,
    )
