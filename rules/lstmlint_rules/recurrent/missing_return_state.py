"""Several values are expected of a recurrent layer that returns one.

What it does: finds unpacking of what a recurrent layer without `return_state=True` returns.

Why is this bad: Keras raises: one symbolic tensor can't be iterated over, so it can't be unpacked.

Example:

    output, h, c = LSTM(8)(x)

Use instead:

    output, h, c = LSTM(8, return_state=True)(x)

Fix safety: safe where the number of names is the number of tensors that the layer would return.

References: https://keras.io/api/layers/recurrent_layers/
"""

from __future__ import annotations

import ast

from lstmlint.edits import (
    safe_fix,
    set_keyword,
)
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import (
    Tensor,
)

from ..evidence import (
    line,
)
from ..walk import (
    STATES,
    flag,
    recurrent,
)

BAD = [
    """
import keras
from keras.layers import LSTM
x = keras.Input((10, 3))
output, h, c = LSTM(8)(x)
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM
x = keras.Input((10, 3))
output, h, c = LSTM(8, return_state=True)(x)
""",
]


@claim("RNN009", "missing-return-state", Severity.ERROR, kinds=("python-on-tensor",), specificity=20)
def missing_return_state(fault: Fault, program: Program) -> Finding | None:
    tensor, node = fault.details.get("tensor"), fault.place.node
    if not isinstance(tensor, Tensor) or tensor.call is None or not isinstance(node, (ast.Tuple, ast.List)):
        return None
    layer = tensor.call.layer
    cell = recurrent(layer)
    if cell is None or flag(cell, "return_state") is not False:
        return None
    states = len(STATES[cell.class_name]) * (2 if layer is not cell else 1)
    fits = len(node.elts) == states + 1
    return Finding(
        fault.place,
        f"{len(node.elts)} names wait here for what the {layer.class_name} on {line(layer.place)} returns, but without return_state=True that is "
        f"one tensor, {tensor.shape}. Add return_state=True there to get the output and {states} {'state' if states == 1 else 'states'}.",
        related=((f"this {cell.class_name} returns one tensor", cell.place or tensor.call.place),),
        fix=safe_fix("Add return_state=True.", set_keyword(cell.place, "return_state", "True")) if fits else None,
        key=fault.place.node,
    )
