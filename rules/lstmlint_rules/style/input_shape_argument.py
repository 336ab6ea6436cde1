"""`input_shape` instead of an Input.

What it does: finds `input_shape=` and `input_dim=` on the first layer of a Sequential.

Why is this bad: Keras 3 takes it with a warning and recommends an Input: the shape then stands where it belongs, at
the beginning, whatever layer comes first.

Example:

    model.add(LSTM(32, input_shape=(10, 64)))

Use instead:

    model.add(keras.Input((10, 64)))
    model.add(LSTM(32))

References: https://keras.io/guides/sequential_model/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    to_shape,
)

from ..versions import keras3

BAD = [
    """
import keras
from keras.layers import LSTM
model = keras.Sequential([LSTM(32, input_shape=(10, 64))])
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM
model = keras.Sequential([keras.Input((10, 64)), LSTM(32)])
""",
]


@check("STY001", "input-shape-argument", Severity.INFO)
def input_shape_argument(program: Program) -> Iterator[Finding]:
    for site in program.models:
        first = site.model.layers[0] if site.model.kind == "Sequential" and site.model.layers else None
        hint = first.state.get("input_shape_hint") if first is not None else None
        if first is None or hint is None or not keras3(program):
            continue
        name, value, place = hint
        shape = to_shape((value,) if name == "input_dim" else value)
        yield Finding(
            place or site.place,
            f"Keras 3 prefers an Input to `{name}=`, and warns of it. Put Input({shape if shape.rank is not None else 'shape'}) in front.",
        )
