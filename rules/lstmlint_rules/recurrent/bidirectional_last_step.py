"""The last step is cut out of what a Bidirectional layer returns.

What it does: finds `h[:, -1]` on the output of a Bidirectional layer with `return_sequences=True`.

Why is this bad: the layer that runs backwards begins at the last step. At index -1 it has read a single one; its
final state stands at index 0.

Example:

    h = Bidirectional(LSTM(8, return_sequences=True))(x)
    last = h[:, -1, :]

Use instead:

    last = Bidirectional(LSTM(8))(x)

References: https://keras.io/api/layers/recurrent_layers/bidirectional/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    Tensor,
)

from ..walk import (
    index_of,
    operations,
    recurrent,
    whole,
)

BAD = [
    """
import keras
from keras.layers import Bidirectional, LSTM
x = keras.Input((10, 3))
h = Bidirectional(LSTM(8, return_sequences=True))(x)
last = h[:, -1, :]
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM
x = keras.Input((10, 3))
h = LSTM(8, return_sequences=True)(x)
last = h[:, -1, :]
""",
    """
import keras
from keras.layers import Bidirectional, LSTM
x = keras.Input((10, 3))
last = Bidirectional(LSTM(8))(x)
""",
]


@check("RNN021", "bidirectional-last-step", Severity.WARNING)
def bidirectional_last_step(program: Program) -> Iterator[Finding]:
    for tensor in operations(program):
        key = index_of(tensor)
        source = tensor.made.inputs[0] if tensor.made is not None and key is not None else None
        if key is None or len(key) < 2 or not isinstance(source, Tensor) or source.call is None or source.index:
            continue
        layer = source.call.layer
        cell = recurrent(layer) if layer.class_name == "Bidirectional" else None
        if cell is None or source.shape.rank != 3 or not whole(key[0]) or key[1] != -1 or isinstance(key[1], bool):
            continue
        if (len(key) > 2 and not whole(key[2])) or tensor.made is None or tensor.made.place is None:
            continue
        yield Finding(
            tensor.made.place,
            f"At the last step the backward {cell.class_name} of this Bidirectional has read one step only: its final state is at index 0. "
            f"Leave return_sequences=True out to get both final states.",
            related=((f"Bidirectional returns {source.shape} here", layer.place or source.call.place),),
        )
