"""A list is joined with `+` to the tuple that a layer returns.

What it does: finds `+` between a list and (a slice of) the outputs of one layer, such as those of a recurrent layer with `return_state=True`.

Why is this bad: Keras 3 returns several outputs as a tuple, where Keras 2 returned a list, and Python raises TypeError for a list plus a tuple.

Example:

    found = LSTM(8, return_state=True)(x)
    model = keras.Model(x, [y] + found[1:])

Use instead:

    found = LSTM(8, return_state=True)(x)
    model = keras.Model(x, [y, *found[1:]])

Fix safety: safe. `list(...)` of the tuple is what Keras 2 returned.

References: https://keras.io/guides/migrating_to_keras_3/
"""

from __future__ import annotations

import ast
from typing import Any

from lstmlint.diagnostic import Fix
from lstmlint.edits import replace, safe_fix
from lstmlint.faults import Fault
from lstmlint.places import Place
from lstmlint.program import LayerCall, Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import ListValue

from ..evidence import SEQUENCE_LAYERS, line
from ..versions import keras3

BAD = [
    """
import keras
from keras.layers import LSTM, Dense
x = keras.Input((None, 1))
found = LSTM(8, return_sequences=True, return_state=True)(x)
output, states = found[0], found[1:]
model = keras.Model(x, [Dense(1)(output)] + states)
""",
    """
import keras
from keras.layers import GRU
x = keras.Input((5, 2))
state = keras.Input((4,))
model = keras.Model([x, state], GRU(4, return_state=True)(x, initial_state=state) + [x])
""",
    """
import keras
import numpy as np
found = keras.layers.Bidirectional(keras.layers.GRU(4, return_state=True))(np.zeros((2, 5, 3)))
everything = [1] + found
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM, Dense
x = keras.Input((None, 1))
found = LSTM(8, return_sequences=True, return_state=True)(x)
output, states = found[0], list(found[1:])
more = [output]
more += found[1:]
model = keras.Model(x, [Dense(1)(output)] + states + more[:1] + [*found[1:]])
""",
    """
import keras
import numpy as np
from keras.layers import RNN, LSTMCell
found = RNN([LSTMCell(4), LSTMCell(4)], return_state=True)(np.zeros((2, 5, 3)))
everything = [found[0]] + found[1] + found[2]
""",
    """
import keras
from keras.layers import LSTM
class Encoder(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.lstm = LSTM(8, return_state=True)
    def call(self, x):
        return list(self.lstm(x))
x = keras.Input((5, 1))
model = keras.Model(x, [x] + Encoder()(x)[1:] + keras.layers.Identity()([x, x]))
""",
]


TUPLES = (*SEQUENCE_LAYERS, "MultiHeadAttention", "GroupQueryAttention", "Attention", "AdditiveAttention")
"""Layers that return several outputs by themselves. Others that do return what they were given, a list for a list."""


@claim("RNN036", "list-plus-states", Severity.ERROR, kinds=("python-exception",), specificity=10)
def list_plus_states(fault: Fault, program: Program) -> Finding | None:
    left, right = fault.details.get("left"), fault.details.get("right")
    row = right if isinstance(left, ListValue) else left
    if not isinstance(row, tuple) or not isinstance(right if row is left else left, ListValue) or not keras3(program):
        return None
    call = next((c for way in program.ways for c in way.layer_calls if _returned(c, row)), None)
    if call is None:
        return None
    node = fault.place.node
    operand = None
    if isinstance(node, ast.BinOp):
        operand = Place(fault.place.tree, node.right if row is right else node.left)
    shown = operand.text if operand is not None and len(operand.text) < 40 else "..."
    return Finding(
        fault.place,
        f"Python doesn't join a list and a tuple, and Keras 3 returns the outputs of the {call.layer.class_name} on {line(call.layer.place)} as a tuple. "
        f"Write `list({shown})`.",
        related=(("the tuple comes from here", call.place),),
        fix=_fix(operand),
        key=fault.place.node,
    )


def _returned(call: LayerCall, row: tuple[Any, ...]) -> bool:
    """Is this (a slice of) the tuple that a layer of Keras's own returns?"""
    made = call.outputs
    if (
        not row
        or not isinstance(made, tuple)
        or call.layer.user_class is not None
        or call.layer.class_name not in TUPLES
    ):
        return False
    return any(all(a is b for a, b in zip(row, made[at:])) for at in range(len(made) - len(row) + 1))


def _fix(operand: Place | None) -> Fix | None:
    return safe_fix("Make a list of it.", replace(operand, f"list({operand.text})")) if operand is not None else None
