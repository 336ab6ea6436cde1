"""The targets of a timeseries data set are its own first values.

What it does: finds `timeseries_dataset_from_array` whose `targets` are the data themselves, or columns of them from the first row on.

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

from lstmlint.dims import same
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    Array,
    Value,
    to_dim,
)

BAD = [
    """
import keras
import numpy as np
data = np.arange(100.0)
ds = keras.utils.timeseries_dataset_from_array(data, targets=data, sequence_length=10)
""",
    """
import keras
import numpy as np
data = np.random.rand(100, 3)
ds = keras.utils.timeseries_dataset_from_array(data, data[:, 0], sequence_length=10)
""",
]
GOOD = [
    """
import keras
import numpy as np
data = np.arange(100.0)
ds = keras.utils.timeseries_dataset_from_array(data[:-10], targets=data[10:], sequence_length=10)
""",
    """
import keras
import numpy as np
data = np.random.rand(100, 3)
ds = keras.utils.timeseries_dataset_from_array(data, data[10:, 0], sequence_length=10)
""",
    """
import keras
import numpy as np
data = np.random.rand(100, 3)
ds = keras.utils.timeseries_dataset_from_array(data[:, 1:], data[:, 0], sequence_length=10)
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
        if not isinstance(data, Array) or not (targets is data or _columns(targets, data)):
            continue
        n = str(to_dim(length)) if length is not None else "n"
        own = "value" if targets is data else "row, in which the target stands"
        yield Finding(
            call.place,
            f"Target i goes with the window that begins at i, so that each window shall predict its own first {own}. To forecast the next one, "
            f"pass data[:-{n}] with targets that begin at {n}: [{n}:].",
        )


def _columns(targets: Value, data: Array) -> bool:
    """Are these columns of the data, in all of its rows?"""
    made = targets.made if isinstance(targets, Array) else None
    if not isinstance(targets, Array) or made is None or not made.by.endswith(".__getitem__") or not made.inputs:
        return False
    fewer = targets.shape.rank == 1 or (targets.shape.rank == 2 and same(targets.shape[1], data.shape.get(-1)) is False)
    return made.inputs[0] is data and data.shape.rank == 2 and fewer and same(targets.shape[0], data.shape[0]) is True
