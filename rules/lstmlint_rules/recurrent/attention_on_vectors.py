"""Attention between vectors mixes the samples of the batch.

What it does: finds Attention, AdditiveAttention and MultiHeadAttention on tensors of rank 2, (batch, features).

Why is this bad: attention reads (batch, timesteps, features). Attention takes the samples of a batch for timesteps,
silently, so that each prediction depends on the others; MultiHeadAttention raises as soon as data flow.

Example:

    h = LSTM(8)(x)
    a = Attention()([h, h])

Use instead:

    h = LSTM(8, return_sequences=True)(x)
    a = Attention()([h, h])

Fix safety: unsafe: the layer then returns a sequence, and so does the attention.

References: https://keras.io/api/layers/attention_layers/attention/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.diagnostic import ShapePair
from lstmlint.edits import (
    unsafe_fix,
)
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    Tensor,
)

from ..evidence import (
    line,
)
from ..walk import (
    recurrent,
    return_sequences,
    tensors,
)

BAD = [
    """
import keras
from keras.layers import Attention, LSTM
x = keras.Input((10, 3))
h = LSTM(8)(x)
a = Attention()([h, h])
""",
]
GOOD = [
    """
import keras
from keras.layers import Attention, LSTM
x = keras.Input((10, 3))
h = LSTM(8, return_sequences=True)(x)
a = Attention()([h, h])
""",
]


@check("RNN032", "attention-on-vectors", Severity.WARNING)
def attention_on_vectors(program: Program) -> Iterator[Finding]:
    for call in program.layer_calls:
        name, layer = call.layer.class_name, call.layer
        if name not in ("Attention", "AdditiveAttention", "MultiHeadAttention") or layer.user_class is not None:
            continue
        given = tensors(call)
        if not given or call.refused is not None or any(t.shape.rank != 2 for t in given):
            continue
        many = name == "MultiHeadAttention"
        value = call.kwargs.get("value")
        if many and (
            not isinstance(value, Tensor)
            or layer.arguments is None
            or layer.arguments.get("attention_axes") is not None
        ):
            continue
        source = given[0].call
        cell = recurrent(source.layer) if source is not None else None
        told = "raises as soon as data flow" if many else "takes the samples of the batch for the timesteps, silently"
        advice = "Give it sequences."
        if source is not None and cell is not None:
            advice = f"Add return_sequences=True to the {source.layer.class_name} on {line(source.layer.place)}."
        yield Finding(
            call.place,
            f"{name} reads (batch, timesteps, features), but gets {given[0].shape} and {told}. {advice}",
            shapes=ShapePair("(batch, timesteps, features)", str(given[0].shape)),
            severity=Severity.ERROR if many else None,
            fix=unsafe_fix("Add return_sequences=True.", return_sequences(cell)) if cell is not None else None,
            key=call.place.node,
        )
