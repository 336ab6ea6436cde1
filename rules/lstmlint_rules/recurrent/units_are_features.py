"""The same variable is used as the number of units and as the number of features.

What it does: finds recurrent layers whose `units` and whose input's feature axis come from the same name. The last
recurrent layer of a model, and one behind a RepeatVector, may well return as many numbers as there are features, and
are left alone.

Why is this bad: nothing requires the two to be equal. `units` is the width of the hidden state, so the memory of the
layer; with few features it becomes too small to learn anything.

Example:

    n_features = 6
    model.add(LSTM(n_features, input_shape=(24, n_features)))

Use instead:

    model.add(LSTM(32, input_shape=(24, n_features)))

References: https://keras.io/api/layers/recurrent_layers/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..evidence import (
    RECURRENT,
    before,
    label,
    same_variable,
)
from ..walk import (
    consumers,
)

BAD = [
    """
import keras
from keras.layers import Dense, LSTM
n_features = 6
model = keras.Sequential([keras.Input((24, n_features)), LSTM(n_features), Dense(16), Dense(1)])
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense, LSTM
n_features = 6
model = keras.Sequential([keras.Input((24, n_features)), LSTM(32), Dense(1)])
""",
    """
import keras
from keras.layers import LSTM
n_features = 6
model = keras.Sequential([keras.Input((24, n_features)), LSTM(n_features, return_sequences=True)])
""",
]


@check("RNN006", "units-are-features", Severity.INFO)
def units_are_features(program: Program) -> Iterator[Finding]:
    for way in program.ways:
        for call in way.layer_calls:
            layer, previous = call.layer, before(call)
            if layer.class_name not in RECURRENT or layer.arguments is None or call.input_shape.rank != 3:
                continue
            if not consumers(way, call) or (previous is not None and previous.layer.class_name == "RepeatVector"):
                continue
            units = layer.arguments.get("units")
            if same_variable(units, call.input_shape[2]):
                yield Finding(
                    layer.arguments.place("units") or call.place,
                    f"{label(units)} is both the number of features and the units of this {layer.class_name}. The two need not be equal: "
                    f"units are the width of the hidden state, and can be chosen on their own.",
                )
