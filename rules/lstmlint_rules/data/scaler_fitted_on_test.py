"""A scaler is fitted again, on the test data.

What it does: finds `fit_transform` of a scikit-learn scaler that has been fitted already, on an array named after test or
validation data.

Why is this bad: the test data are then scaled by their own statistics, so that the same value means something else to the model.

Example:

    x_train = scaler.fit_transform(x_train)
    x_test = scaler.fit_transform(x_test)

Use instead:

    x_train = scaler.fit_transform(x_train)
    x_test = scaler.transform(x_test)

References: https://scikit-learn.org/stable/common_pitfalls.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lstmlint.patterns import pattern
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..evidence import line
from ..provenance import TRAINING

BAD = [
    """
import numpy as np
import keras
from sklearn.preprocessing import StandardScaler
x_train, x_test = np.zeros((8, 3)), np.ones((4, 3))
scaler = StandardScaler()
x_train = scaler.fit_transform(x_train)
x_test = scaler.fit_transform(x_test)
""",
]
GOOD = [
    """
import numpy as np
import keras
from sklearn.preprocessing import StandardScaler
x_train, x_test = np.zeros((8, 3)), np.ones((4, 3))
scaler = StandardScaler()
x_train = scaler.fit_transform(x_train)
x_test = scaler.transform(x_test)
""",
    """
import numpy as np
from sklearn.preprocessing import StandardScaler
scaler = StandardScaler()
X_train = scaler.fit_transform(np.random.rand(8, 3))
X_train_val = scaler.fit_transform(np.random.rand(10, 3))
""",
]

HELD_OUT = pattern(r"(^|[_\W])(test|val|valid|validation)($|[_\W\d])", re.I)
HELD_OUT_X = pattern(r"^[xX]_?(test|val|valid)")


@check("DAT001", "scaler-fitted-on-test", Severity.WARNING)
def scaler_fitted_on_test(program: Program) -> Iterator[Finding]:
    for way in program.ways:
        fitted: dict[int, object] = {}
        for call in way.calls:
            method = call.name.rpartition(".")[2]
            if (
                not call.name.startswith("sklearn.preprocessing.")
                or method not in ("fit", "fit_transform")
                or call.receiver is None
            ):
                continue
            text = call.arg_places[0].text if call.arg_places else ""
            first = fitted.setdefault(id(call.receiver), call.place)
            if first is call.place or method != "fit_transform" or "Encoder" in call.name or "Binarizer" in call.name:
                continue
            if (HELD_OUT.search(text) or HELD_OUT_X.match(text)) and not TRAINING.search(text):
                yield Finding(
                    call.place,
                    f"The scaler was fitted on {line(first)} and is fitted again here, on `{text}`, so that equal values no longer mean the "  # type: ignore[arg-type]
                    f"same. Write transform({text}).",
                )
