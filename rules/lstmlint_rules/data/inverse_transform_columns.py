"""A scaler is asked to undo another number of columns than it was fitted on.

What it does: compares the columns of what a scaler was fitted on with those of what `inverse_transform` gets.

Why is this bad: scikit-learn raises: each column has its own scale, and there are as many as in the fit. Only a scale that was
learned from one column may undo many: NumPy spreads it over the steps of a forecast, say.

Example:

    scaler.fit(data)                    # 5 columns
    y = scaler.inverse_transform(model.predict(X))   # 1 column

Use instead:

    y_scaler.fit(target)
    y = y_scaler.inverse_transform(model.predict(X))

References: https://scikit-learn.org/stable/modules/preprocessing.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.dims import same
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    Array,
)

from ..evidence import (
    label,
)
from ..provenance import SCALER

BAD = [
    """
import keras
import numpy as np
from sklearn.preprocessing import MinMaxScaler
scaler = MinMaxScaler()
scaled = scaler.fit_transform(np.random.rand(100, 5))
try:
    y = scaler.inverse_transform(np.zeros((10, 1)))
except ValueError:
    pass
""",
    """
import keras
import numpy as np
from sklearn.preprocessing import PowerTransformer
scaler = PowerTransformer()
scaled = scaler.fit_transform(np.random.rand(100, 1))
try:
    y = scaler.inverse_transform(np.zeros((10, 7)))
except ValueError:
    pass
""",
]
GOOD = [
    """
import keras
import numpy as np
from sklearn.preprocessing import MinMaxScaler
scaler = MinMaxScaler()
scaled = scaler.fit_transform(np.random.rand(100, 5))
y = scaler.inverse_transform(np.zeros((10, 5)))
""",
    """
import keras
import numpy as np
from sklearn.preprocessing import MaxAbsScaler, MinMaxScaler, RobustScaler, StandardScaler
for scaler in (MinMaxScaler(), StandardScaler(), RobustScaler(), MaxAbsScaler()):
    scaled = scaler.fit_transform(np.random.rand(100, 1))
    y = scaler.inverse_transform(np.zeros((10, 7)))
""",
]


CHECKING = ("PowerTransformer", "QuantileTransformer")
"""The scalers that count the columns before they undo anything; the others calculate, and NumPy broadcasts one column."""


@check("DAT023", "inverse-transform-columns", Severity.WARNING)
def inverse_transform_columns(program: Program) -> Iterator[Finding]:
    reported: set[int] = set()
    for way in program.ways:
        fitted: dict[int, tuple[Array, Place]] = {}
        for call in way.calls:
            method = call.name.rpartition(".")[2]
            data = call.args[0] if call.args else None
            if (
                not SCALER.match(call.name)
                or not isinstance(data, Array)
                or call.receiver is None
                or data.shape.rank != 2
            ):
                continue
            if method in ("fit", "fit_transform"):
                fitted[id(call.receiver)] = (data, call.place)
            elif method == "inverse_transform" and id(call.receiver) in fitted and id(call.place.node) not in reported:
                known, place = fitted[id(call.receiver)]
                broadcasts = call.name.split(".")[-2] not in CHECKING and same(known.shape[1], 1) is not False
                if same(known.shape[1], data.shape[1]) is False and not broadcasts:
                    reported.add(id(call.place.node))
                    yield Finding(
                        call.place,
                        f"The scaler was fitted on {label(known.shape[1])} column{'s' if same(known.shape[1], 1) is not True else ''}, but gets {label(data.shape[1])} here, {data.shape}, and scikit-learn "
                        f"raises. Give the target a scaler of its own.",
                        related=(("the scaler is fitted here", place),),
                    )
