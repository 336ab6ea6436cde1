"""The targets of a timeseries data set are its own first values.

What it does: finds `timeseries_dataset_from_array` whose `targets` are the data themselves.

Why is this bad: target i belongs to the window that begins at i. With the data as targets each window is to predict
its own first value, which it contains.

Example:

    ds = timeseries_dataset_from_array(data, targets=data, sequence_length=10)

Use instead:

    ds = timeseries_dataset_from_array(data[:-10], targets=data[10:], sequence_length=10)

References: https://keras.io/api/data_loading/timeseries/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    Array,
    to_dim,
)

BAD = [
    """
import keras
import numpy as np
data = np.arange(100.0)
ds = keras.utils.timeseries_dataset_from_array(data, targets=data, sequence_length=10)
""",
]
GOOD = [
    """
import keras
import numpy as np
data = np.arange(100.0)
ds = keras.utils.timeseries_dataset_from_array(data[:-10], targets=data[10:], sequence_length=10)
""",
]


@check("DAT022", "targets-not-shifted", Severity.WARNING)
def targets_not_shifted(program: Program) -> Iterator[Finding]:
    for call in program.calls:
        if not call.name.endswith(".timeseries_dataset_from_array"):
            continue
        data = call.args[0] if call.args else call.kwargs.get("data")
        targets = call.args[1] if len(call.args) > 1 else call.kwargs.get("targets")
        length = call.args[2] if len(call.args) > 2 else call.kwargs.get("sequence_length")
        if not isinstance(data, Array) or targets is not data:
            continue
        n = str(to_dim(length)) if length is not None else "n"
        yield Finding(
            call.place,
            f"Target i goes with the window that begins at i, so that each window shall predict its own first value. To forecast the next one, "
            f"pass data[:-{n}] with targets=data[{n}:].",
        )
