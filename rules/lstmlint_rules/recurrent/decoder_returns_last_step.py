"""A decoder that is trained on whole sequences returns only its last step.

What it does: finds a recurrent layer that begins with an encoder's states, reads a sequence, does not return
sequences, and ends in a softmax.

Why is this bad: teacher forcing trains the decoder on every step of the target. Without `return_sequences=True` it
predicts one step for the whole sequence.

Example:

    y, _, _ = LSTM(8, return_state=True)(decoder_input, initial_state=[h, c])
    probabilities = Dense(vocabulary, activation="softmax")(y)

Use instead:

    y, _, _ = LSTM(8, return_sequences=True, return_state=True)(decoder_input, initial_state=[h, c])
    probabilities = Dense(vocabulary, activation="softmax")(y)

Fix safety: unsafe: the output becomes a sequence.

References: https://keras.io/examples/nlp/lstm_seq2seq/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.edits import (
    unsafe_fix,
)
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    flatten,
)

from ..evidence import (
    RECURRENT,
    activation,
    line,
)
from ..walk import (
    consumers,
    flag,
    return_sequences,
    state_name,
    tensors,
)

BAD = [
    """
import keras
from keras.layers import Dense, LSTM
x, d = keras.Input((10, 3)), keras.Input((None, 5))
output, h, c = LSTM(8, return_state=True)(x)
y, _, _ = LSTM(8, return_state=True)(d, initial_state=[h, c])
model = keras.Model([x, d], Dense(5, activation="softmax")(y))
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense, LSTM
x, d = keras.Input((10, 3)), keras.Input((None, 5))
output, h, c = LSTM(8, return_state=True)(x)
y, _, _ = LSTM(8, return_sequences=True, return_state=True)(d, initial_state=[h, c])
model = keras.Model([x, d], Dense(5, activation="softmax")(y))
""",
]


@check("RNN014", "decoder-returns-last-step", Severity.WARNING)
def decoder_returns_last_step(program: Program) -> Iterator[Finding]:
    for way in program.ways:
        for call in way.layer_calls:
            states = flatten(call.kwargs.get("initial_state"))
            if call.layer.class_name not in RECURRENT or flag(call.layer, "return_sequences") is not False:
                continue
            if call.input_shape.rank != 3 or call.input_shape[1].known == 1 or not any(state_name(s) for s in states):
                continue
            ends = next((c for c in consumers(way, call) if activation(c.layer) == "softmax"), None)
            if ends is None or any(t.index for t in tensors(ends)):
                continue
            yield Finding(
                call.layer.place or call.place,
                f"This {call.layer.class_name} goes on from an encoder's state and reads the sequence {call.input_shape}, but returns only its "
                f"last step, so that the softmax on {line(ends.layer.place)} scores one step of it. Add return_sequences=True to score each.",
                fix=unsafe_fix("Add return_sequences=True.", return_sequences(call.layer)),
            )
