"""The hidden state h and the cell state c change places.

What it does: follows the two states of an LSTM into the `initial_state` of another one, through a Concatenate of both
directions if there is one.

Why is this bad: it runs, because both have the same shape: but the decoder then begins with the encoder's cell state
as its hidden state, or with half of each.

Example:

    y = LSTM(8)(x, initial_state=[c, h])

Use instead:

    y = LSTM(8)(x, initial_state=[h, c])

References: https://keras.io/guides/working_with_rnns/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    Tensor,
    flatten,
)

from ..walk import (
    state_name,
    tensors,
)

BAD = [
    """
import keras
from keras.layers import LSTM
x = keras.Input((10, 3))
output, h, c = LSTM(8, return_state=True)(x)
y = LSTM(8)(x, initial_state=[c, h])
""",
    """
import keras
from keras.layers import Bidirectional, Concatenate, LSTM
x = keras.Input((10, 3))
o, fh, fc, bh, bc = Bidirectional(LSTM(8, return_state=True))(x)
y = LSTM(16)(x, initial_state=[Concatenate()([fh, fc]), Concatenate()([bh, bc])])
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM
x = keras.Input((10, 3))
output, h, c = LSTM(8, return_state=True)(x)
y = LSTM(8)(x, initial_state=[h, c])
""",
    """
import keras
from keras.layers import Bidirectional, Concatenate, LSTM
x = keras.Input((10, 3))
o, fh, fc, bh, bc = Bidirectional(LSTM(8, return_state=True))(x)
y = LSTM(16)(x, initial_state=[Concatenate()([fh, bh]), Concatenate()([fc, bc])])
""",
]


def kinds(state: Any) -> set[str | None]:
    """Which of h and c a state is made of."""
    if isinstance(state, Tensor) and state.call is not None and state.call.layer.class_name == "Concatenate":
        return {name for t in tensors(state.call) for name in kinds(t)}
    name = state_name(state)
    return {name.rpartition(" ")[2] if name is not None else None}


@check("RNN012", "mixed-states", Severity.WARNING)
def mixed_states(program: Program) -> Iterator[Finding]:
    for call in program.layer_calls:
        states = flatten(call.kwargs.get("initial_state"))
        if call.layer.class_name != "LSTM" or call.layer.user_class is not None or len(states) != 2:
            continue
        first, second = (kinds(s) for s in states)
        if {"h", "c"} <= first or {"h", "c"} <= second:
            yield Finding(
                call.place,
                "One of these initial states is an h joined to a c, so that the decoder begins with half of each. Join h with h and c with c: "
                "[forward h, backward h] and [forward c, backward c].",
                key=call.place.node,
            )
        elif first == {"c"} and second == {"h"}:
            yield Finding(
                call.place,
                "initial_state is [h, c], the hidden state first, and here the cell state comes first. Both have the same shape, so that "
                "Keras can't notice: exchange them.",
                key=call.place.node,
            )
