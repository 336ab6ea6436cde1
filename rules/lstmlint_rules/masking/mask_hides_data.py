"""The mask value is a value that the data have.

What it does: finds Masking(0.0) over a single feature in programs that scale to [0, 1] with MinMaxScaler.

Why is this bad: the least value of a series is scaled to exactly 0. A step with that value is taken for padding.

Example:

    X = MinMaxScaler().fit_transform(series)
    model.add(Masking(mask_value=0.0))

Use instead:

    X = MinMaxScaler().fit_transform(series)
    model.add(Masking(mask_value=-1.0))

References: https://keras.io/api/layers/core_layers/masking/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

BAD = [
    """
import keras, numpy as np
from keras.layers import Masking
from sklearn.preprocessing import MinMaxScaler
series = MinMaxScaler().fit_transform(np.zeros((100, 1)))
x = keras.Input((10, 1))
y = Masking(0.0)(x)
""",
]
GOOD = [
    """
import keras, numpy as np
from keras.layers import Masking
from sklearn.preprocessing import MinMaxScaler
series = MinMaxScaler().fit_transform(np.zeros((100, 1)))
x = keras.Input((10, 1))
y = Masking(-1.0)(x)
""",
]


@check("MSK012", "mask-hides-data", Severity.INFO)
def mask_hides_data(program: Program) -> Iterator[Finding]:
    if not any(
        c.name == "sklearn.preprocessing.MinMaxScaler" and "feature_range" not in c.kwargs and not c.args
        for c in program.calls
    ):
        return
    for call in program.layer_calls:
        layer = call.layer
        if layer.class_name != "Masking" or layer.arguments is None or call.input_shape.get(-1).known != 1:
            continue
        if layer.arguments.get("mask_value") in (0, 0.0):
            yield Finding(
                layer.place or call.place,
                "MinMaxScaler makes the least value of the series exactly 0, and this masks every step of 0. Pad with a value outside of the "
                "data, such as -1, and mask that one.",
            )
