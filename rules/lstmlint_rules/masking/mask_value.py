"""A mask value that never occurs.

What it does: finds Masking with NaN, and Masking with another value than the one that the same program pads with.

Why is this bad: NaN equals nothing, not even itself, so that nothing is masked and the NaN runs through the model;
nor does a value that the padding doesn't have.

Example:

    X = pad_sequences(series, value=-1.0, dtype="float32")
    model.add(Masking(mask_value=0.0))

Use instead:

    X = pad_sequences(series, value=-1.0, dtype="float32")
    model.add(Masking(mask_value=-1.0))

References: https://keras.io/api/layers/core_layers/masking/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

BAD = [
    """
import keras
import numpy as np
from keras.layers import Masking
layer = Masking(mask_value=np.nan)
""",
    """
import keras
from keras.layers import Masking
X = keras.utils.pad_sequences([[1, 2], [3]], maxlen=4, value=-1)
layer = Masking(mask_value=0.0)
""",
    """
import keras
from keras.layers import LSTM, Masking
X = keras.utils.pad_sequences([[[1.0], [2.0]], [[3.0]]], maxlen=4, value=-1.0, dtype="float32")
model = keras.Sequential()
model.add(Masking(mask_value=0.0, input_shape=(4, 1)))
model.add(LSTM(8))
""",
]
GOOD = [
    """
import keras
from keras.layers import Masking
X = keras.utils.pad_sequences([[1, 2], [3]], maxlen=4, value=-1)
layer = Masking(mask_value=-1)
""",
]


@check("MSK011", "mask-value", Severity.WARNING)
def mask_value(program: Program) -> Iterator[Finding]:
    padded = [c for c in program.calls if c.name.endswith(".pad_sequences")]
    values = {c.kwargs.get("value", 0.0) for c in padded if isinstance(c.kwargs.get("value", 0.0), (int, float))}
    for layer in program.layers:
        if layer.class_name != "Masking" or layer.user_class is not None or layer.arguments is None:
            continue
        value, place = layer.arguments.get("mask_value"), layer.arguments.place("mask_value") or layer.place
        if not isinstance(value, (int, float)) or place is None:
            continue
        if value != value:
            yield Finding(
                place,
                "NaN equals nothing, not even itself, so that this masks nothing. Replace NaN by a number, and mask that one.",
            )
        elif len(values) == 1 and len(padded) == 1 and value not in values and "value" in padded[0].kwargs:
            pad = next(iter(values))
            yield Finding(
                place,
                f"The sequences are padded with {pad}, but {value} is masked, so that the padding is read as data. Give both the same value.",
                related=(("the sequences are padded here", padded[0].place),),
            )
