"""The same variable is used as the number of units and as the number of timesteps.

What it does: finds recurrent layers whose `units` and whose input's time axis come from the same name.

Why is this bad: `units` is the width of the hidden state, so of the output; the timesteps are how often the same
weights are applied. Nothing requires the two to be equal, and whoever changes the window changes the model's capacity.

Example:

    window = 30
    model.add(LSTM(window, input_shape=(window, 4)))

Use instead:

    model.add(LSTM(64, input_shape=(window, 4)))

References: https://keras.io/api/layers/recurrent_layers/lstm/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import to_dim

from ..evidence import RECURRENT, label, same_variable

BAD = [
    """
import keras
from keras.layers import LSTM, Dense
timesteps = 10
model = keras.Sequential([keras.Input((timesteps, 64)), LSTM(timesteps), Dense(2)])
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((10, 64)), LSTM(10), Dense(2)])
""",
]

GATES = {"LSTM": 4, "GRU": 3, "SimpleRNN": 1}


@check("RNN001", "units-are-timesteps", Severity.WARNING)
def units_are_timesteps(program: Program) -> Iterator[Finding]:
    for call in program.layer_calls:
        layer = call.layer
        if layer.class_name not in RECURRENT or layer.arguments is None or call.input_shape.rank != 3:
            continue
        units, steps, features = layer.arguments.get("units"), call.input_shape[1], call.input_shape[2]
        if not same_variable(units, steps):
            continue
        u, f, gates = str(to_dim(units)), str(features), GATES[layer.class_name]
        extra = " + units" if layer.class_name == "GRU" and layer.arguments.get("reset_after") is not False else ""
        product = (
            f"{gates} * (units * (features + units) + units{extra})"
            if gates > 1
            else "units * (features + units) + units"
        )
        yield Finding(
            layer.arguments.place("units") or call.place,
            f"{label(units)} is both the units and the timesteps of this {layer.class_name}. Units are the width of the hidden state and of "
            f"the output, here {u}; the {steps} steps, each of {f} features, only say how often the same {product} weights are applied: "
            f"choose the units on their own.",
        )
