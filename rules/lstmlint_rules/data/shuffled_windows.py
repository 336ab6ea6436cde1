"""Overlapping windows of a time series are split at random.

What it does: finds `train_test_split` without `shuffle=False` on windows that were cut from one series.

Why is this bad: neighbouring windows share almost all their values. A random split puts one of them into training and
its neighbour into the test, and the future into both.

Example:

    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2)

Use instead:

    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, shuffle=False)

Fix safety: unsafe: other samples are in the test.

References: https://scikit-learn.org/stable/modules/cross_validation.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.edits import (
    set_keyword,
    unsafe_fix,
)
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..provenance import window_source

BAD = [
    """
import keras
import numpy as np
from sklearn.model_selection import train_test_split
series = np.random.rand(200, 1)
X = np.array([series[i : i + 10] for i in range(190)])
y = series[10:]
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2)
""",
]
GOOD = [
    """
import keras
import numpy as np
from sklearn.model_selection import train_test_split
series = np.random.rand(200, 1)
X = np.array([series[i : i + 10] for i in range(190)])
y = series[10:]
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, shuffle=False)
""",
]


@check("DAT021", "shuffled-windows", Severity.WARNING)
def shuffled_windows(program: Program) -> Iterator[Finding]:
    for call in program.calls:
        if call.name != "sklearn.model_selection.train_test_split" or call.kwargs.get("shuffle", True) is not True:
            continue
        if call.kwargs.get("stratify") is not None:
            continue
        source = next((s for s in (window_source(a) for a in call.args) if s is not None), None)
        if source is None:
            continue
        name = f"`{source.name}`" if source.name else "one series"
        yield Finding(
            call.place,
            f"These are windows of {name} that overlap, and they are split at random: near every test window lies one for training. "
            f"Add shuffle=False, or use TimeSeriesSplit.",
            fix=unsafe_fix("Add shuffle=False.", set_keyword(call.place, "shuffle", "False")),
        )
