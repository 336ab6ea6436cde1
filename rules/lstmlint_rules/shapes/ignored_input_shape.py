"""An `input_shape` that contradicts what the layer really gets, on a layer that is not the first.

What it does: compares `input_shape` on later layers with the shape that the layer before it returns.

Why is this bad: Keras reads `input_shape` on the first layer only. Here it is ignored, and the reader is told a wrong shape.

Example:

    model.add(LSTM(8, return_sequences=True, input_shape=(10, 3)))
    model.add(LSTM(4, input_shape=(10, 99)))

Use instead:

    model.add(LSTM(8, return_sequences=True, input_shape=(10, 3)))
    model.add(LSTM(4))

Fix safety: safe: what Keras ignores is left out.

References: https://keras.io/guides/sequential_model/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.edits import remove_keyword, safe_fix
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.shapes import same_shape
from lstmlint.values import Tensor, flatten, to_shape

BAD = [
    """
import keras
from keras.layers import LSTM
model = keras.Sequential()
model.add(LSTM(8, return_sequences=True, input_shape=(10, 3)))
model.add(LSTM(4, input_shape=(10, 99)))
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM
model = keras.Sequential()
model.add(LSTM(8, return_sequences=True, input_shape=(10, 3)))
model.add(LSTM(4))
""",
]


@check("SHP006", "ignored-input-shape", Severity.WARNING)
def ignored_input_shape(program: Program) -> Iterator[Finding]:
    for call in program.layer_calls:
        arguments = call.layer.arguments
        if (
            arguments is None
            or arguments.argument("input_shape") is None
            or call.refused is not None
            or not any(isinstance(leaf, Tensor) for leaf in flatten(call.inputs))
            or call.input_shape.rank is None
        ):
            continue
        said, got = to_shape(arguments["input_shape"]), call.input_shape.slice(1)
        if said.rank is not None and same_shape(said, got) is False:
            yield Finding(
                arguments.place("input_shape") or call.place,
                f"input_shape says {said}, but Keras ignores it here and the {call.layer.class_name} gets {call.input_shape}: only the first "
                f"layer's input_shape is read, and only where there is no Input. Leave it out.",
                fix=safe_fix("Leave `input_shape` out.", remove_keyword(call.layer.place, "input_shape")),
            )
