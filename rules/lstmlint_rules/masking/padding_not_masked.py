"""Padding is read as data.

What it does: finds an Embedding without `mask_zero=True` in front of a recurrent layer, in programs that pad
sequences.

Why is this bad: the recurrent layer reads the zeros as if they were words. With padding behind the text, the last
step that it returns is made of padding.

Example:

    X = pad_sequences(texts, maxlen=100)
    model = Sequential([Embedding(10000, 64), LSTM(32)])

Use instead:

    X = pad_sequences(texts, maxlen=100)
    model = Sequential([Embedding(10000, 64, mask_zero=True), LSTM(32)])

References: https://keras.io/guides/understanding_masking_and_padding/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..evidence import (
    before,
    line,
)
from ..walk import (
    flag,
    recurrent,
)

BAD = [
    """
import keras
from keras.layers import Embedding, LSTM
X = keras.utils.pad_sequences([[1, 2], [3]], maxlen=4)
model = keras.Sequential([keras.Input((4,)), Embedding(10, 4), LSTM(2)])
""",
]
GOOD = [
    """
import keras
from keras.layers import Embedding, LSTM
X = keras.utils.pad_sequences([[1, 2], [3]], maxlen=4)
model = keras.Sequential([keras.Input((4,)), Embedding(10, 4, mask_zero=True), LSTM(2)])
""",
]


@check("MSK006", "padding-not-masked", Severity.INFO)
def padding_not_masked(program: Program) -> Iterator[Finding]:
    padded = next((c for c in program.calls if c.name.endswith(".pad_sequences")), None)
    if padded is None:
        return
    behind = padded.kwargs.get("padding") == "post"
    for call in program.layer_calls:
        previous = before(call)
        if recurrent(call.layer) is None or previous is None or call.mask_in is not None:
            continue
        layer = previous.layer
        if layer.class_name == "Embedding" and layer.user_class is None and flag(layer, "mask_zero") is False:
            yield Finding(
                layer.place or previous.place,
                f"The sequences are padded on {line(padded.place)}, and the {call.layer.class_name} reads the padding as data"
                + (", last of all." if behind else ".")
                + " Add mask_zero=True, and keep the id 0 for padding.",
                related=(("the sequences are padded here", padded.place),),
            )
