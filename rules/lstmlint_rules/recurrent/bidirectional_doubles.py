"""Bidirectional is twice as wide as what it is merged with.

What it does: finds merges of tensors whose sizes differ because one of them comes from a Bidirectional that
concatenates both directions.

Why is this bad: Keras raises: with the default `merge_mode="concat"` a Bidirectional around LSTM(64) returns 128
features.

Example:

    h = Bidirectional(LSTM(64, return_sequences=True))(x)
    y = Add()([h, Dense(64)(x)])

Use instead:

    h = Bidirectional(LSTM(32, return_sequences=True))(x)
    y = Add()([h, Dense(64)(x)])

References: https://keras.io/api/layers/recurrent_layers/bidirectional/
"""

from __future__ import annotations

from lstmlint.diagnostic import ShapePair
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..evidence import (
    before,
    line,
    subject_name,
)
from ..walk import (
    made_from,
    recurrent,
    tensors,
)

BAD = [
    """
import keras
from keras.layers import Add, Bidirectional, Dense, LSTM
x = keras.Input((10, 3))
h = Bidirectional(LSTM(64, return_sequences=True))(x)
y = Add()([h, Dense(64)(x)])
""",
]
GOOD = [
    """
import keras
from keras.layers import Add, Bidirectional, Dense, LSTM
x = keras.Input((10, 3))
h = Bidirectional(LSTM(64, return_sequences=True), merge_mode="sum")(x)
y = Add()([h, Dense(64)(x)])
""",
]


@claim("RNN030", "bidirectional-doubles", Severity.ERROR, kinds=("merge",), specificity=20)
def bidirectional_doubles(fault: Fault, program: Program) -> Finding | None:
    call = next((c for way in program.ways for c in way.layer_calls if c.refused is fault), None)
    if call is None:
        return None
    for tensor in tensors(call):
        source = made_from(tensor)
        while source is not None and source.layer.class_name in ("Dropout", "LayerNormalization", "BatchNormalization"):
            source = before(source)
        cell = recurrent(source.layer) if source is not None and source.layer.class_name == "Bidirectional" else None
        units = cell.arguments.get("units") if cell is not None and cell.arguments is not None else None
        if source is None or cell is None or not isinstance(units, int) or tensor.shape.get(-1).known != 2 * units:
            continue
        if not any(t.shape.get(-1).known == units for t in tensors(call) if t is not tensor):
            continue
        return Finding(
            fault.place,
            f"{subject_name(fault)} needs sizes that go together, but the Bidirectional on {line(source.layer.place)} joins both directions of "
            f'{cell.class_name}({units}) to {2 * units} features. Halve its units, or write merge_mode="sum".',
            related=((f"Bidirectional returns {source.output_shape} here", source.layer.place or source.place),),
            shapes=ShapePair(fault.required, fault.got),
            key=fault.place.node,
        )
    return None
