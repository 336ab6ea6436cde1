"""A layer gets the states of a recurrent layer as well as its output.

What it does: follows what a recurrent layer with `return_state=True` returns, a list of tensors, into a layer that
takes one tensor.

Why is this bad: Keras raises: the layer "expects 1 input(s), but it received 3 input tensors".

Example:

    y = LSTM(8, return_state=True)(x)
    z = Dense(1)(y)

Use instead:

    y, h, c = LSTM(8, return_state=True)(x)
    z = Dense(1)(y)

Fix safety: in a Sequential nobody can use the states, and leaving `return_state` out is safe.

References: https://keras.io/api/layers/recurrent_layers/
"""

from __future__ import annotations

from lstmlint.edits import (
    remove_keyword,
    safe_fix,
)
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..evidence import (
    line,
    subject_name,
)
from ..walk import (
    inner,
    outputs_of,
    tensors,
)

BAD = [
    """
import keras
from keras.layers import Dense, LSTM
x = keras.Input((10, 3))
y = LSTM(8, return_state=True)(x)
z = Dense(1)(y)
""",
    """
import keras
from keras.layers import Dense, LSTM
model = keras.Sequential([keras.Input((10, 3)), LSTM(8, return_state=True), Dense(1)])
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense, LSTM
x = keras.Input((10, 3))
y, h, c = LSTM(8, return_state=True)(x)
z = Dense(1)(y)
""",
]


@claim("RNN008", "states-into-layer", Severity.ERROR, kinds=("input-count",), specificity=10)
def states_into_layer(fault: Fault, program: Program) -> Finding | None:
    call = next((c for way in program.ways for c in way.layer_calls if c.refused is fault), None)
    first = tensors(call)[0] if call is not None and tensors(call) else None
    made = first.call if first is not None else None
    names = outputs_of(made.layer) if made is not None else None
    if call is None or made is None or names is None or len(names) != len(tensors(call)):
        return None
    cell = inner(made.layer)
    sequential = call.in_model is not None
    advice = "Leave return_state out." if sequential else "Unpack it, and pass on the output alone."
    return Finding(
        fault.place,
        f"{subject_name(fault)} takes one tensor, but the {made.layer.class_name} on {line(made.layer.place)} returns {len(names)} because of "
        f"return_state=True: {', '.join(names)}. {advice}",
        related=(("return_state=True is set here", cell.place or made.place),),
        fix=safe_fix("Leave return_state out.", remove_keyword(cell.place, "return_state")) if sequential else None,
        key=fault.place.node,
    )
