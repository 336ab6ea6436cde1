"""`input_shape` on a layer that is not the first.

What it does: finds `input_shape=` on later layers, and behind an Input, where it repeats what is so anyway.

Why is this bad: Keras ignores it there. It looks as if it did something, and goes on saying it when the layers before
change.

Example:

    model.add(LSTM(8, return_sequences=True, input_shape=(10, 3)))
    model.add(LSTM(4, input_shape=(10, 8)))

Use instead:

    model.add(LSTM(8, return_sequences=True, input_shape=(10, 3)))
    model.add(LSTM(4))

Fix safety: safe: the keyword has no effect.

References: https://keras.io/guides/sequential_model/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.edits import (
    remove_keyword,
    safe_fix,
)
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.shapes import same_shape
from lstmlint.values import (
    to_shape,
)

BAD = [
    """
import keras
from keras.layers import LSTM
model = keras.Sequential([keras.Input((10, 3)), LSTM(8, return_sequences=True), LSTM(4, input_shape=(10, 8))])
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM
model = keras.Sequential([LSTM(8, return_sequences=True, input_shape=(10, 3)), LSTM(4)])
""",
]


@check("SHP013", "redundant-input-shape", Severity.INFO)
def redundant_input_shape(program: Program) -> Iterator[Finding]:
    for call in program.layer_calls:
        hint = call.layer.state.get("input_shape_hint")
        if hint is None or call.in_model is None or call.refused is not None or not call.in_model.layers:
            continue
        if call.in_model.layers[0] is call.layer:
            continue
        name, value, place = hint
        said = to_shape((value,) if name == "input_dim" else value)
        if said.rank is None or same_shape(said, call.input_shape.slice(1)) is False:
            continue
        yield Finding(
            place or call.place,
            f"Only the first layer's `{name}` is read. This {call.layer.class_name} gets {call.input_shape} from the layer before it: leave it out.",
            fix=safe_fix(f"Leave `{name}` out.", remove_keyword(call.layer.place, name)),
        )
