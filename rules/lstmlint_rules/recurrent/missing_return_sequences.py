"""A recurrent layer that returns only its last step feeds a layer that needs a sequence.

What it does: follows the output of an LSTM, GRU, SimpleRNN or Bidirectional without `return_sequences=True` into a layer that
needs (batch, timesteps, features).

Why is this bad: Keras raises: the last step alone is (batch, units), and the time axis is gone.

Example:

    model.add(LSTM(64, input_shape=(30, 4)))
    model.add(LSTM(32))

Use instead:

    model.add(LSTM(64, return_sequences=True, input_shape=(30, 4)))
    model.add(LSTM(32))

Fix safety: safe. The layer that refused gets the sequence that it asks for; what runs otherwise stays as it is.

References: https://keras.io/guides/working_with_rnns/
"""

from __future__ import annotations

from lstmlint.diagnostic import ShapePair
from lstmlint.edits import safe_fix, set_keyword
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import LayerObject

from ..evidence import SEQUENCE_LAYERS, before, line, producer, subject_name

BAD = [
    """
import keras
from keras.layers import LSTM, Dropout
model = keras.Sequential([keras.Input((30, 4)), LSTM(64), Dropout(0.2), LSTM(32)])
""",
    """
import keras
from keras import layers
x = keras.Input((30, 4))
h = layers.GRU(16)(x)
y = layers.GRU(8)(h)
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM, Dropout
model = keras.Sequential([keras.Input((30, 4)), LSTM(64, return_sequences=True), Dropout(0.2), LSTM(32)])
""",
    """
import keras
from keras.layers import LSTM, RepeatVector
model = keras.Sequential([keras.Input((30, 4)), LSTM(64), RepeatVector(5), LSTM(32)])
""",
]


def recurrent_layer(layer: LayerObject) -> LayerObject | None:
    """The layer itself, or what Bidirectional wraps."""
    inner = layer.arguments.get("layer") if layer.class_name == "Bidirectional" and layer.arguments else layer
    return inner if isinstance(inner, LayerObject) else None


def returns_last_step(layer: LayerObject) -> bool:
    inner = recurrent_layer(layer)
    arguments = inner.arguments if inner is not None else None
    return arguments is not None and arguments.get("return_sequences") in (False, None)


@claim("RNN002", "missing-return-sequences", Severity.ERROR, kinds=("rank",), specificity=20)
def missing_return_sequences(fault: Fault, program: Program) -> Finding | None:
    call = producer(fault)
    while call is not None and call.layer.class_name not in SEQUENCE_LAYERS:
        if call.output_shape.rank != 2 or call.input_shape.rank != 2:
            return None
        call = before(call)
    if (
        call is None
        or call.layer.class_name.startswith("Conv")
        or not returns_last_step(call.layer)
        or call.output_shape.rank != 2
    ):
        return None
    name, place = call.layer.class_name, call.layer.place or call.place
    inner = recurrent_layer(call.layer)
    return Finding(
        fault.place,
        f"{subject_name(fault)} needs (batch, timesteps, features) but gets {fault.got}: the {name} on {line(place)} returns only its last "
        f"step. Add return_sequences=True there.",
        related=((f"{name} returns {call.output_shape} here", place),),
        shapes=ShapePair(fault.required, fault.got),
        fix=safe_fix(
            f"Add return_sequences=True to the {name} on {line(place)}.",
            set_keyword(inner.place if inner is not None else None, "return_sequences", "True"),
        ),
        key=fault.place.node,
    )
