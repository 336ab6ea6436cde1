"""An option of the recurrent layer is given to the wrapper around it.

What it does: finds `return_sequences=` and other arguments of recurrent layers on Bidirectional and TimeDistributed.

Why is this bad: Keras raises "Unrecognized keyword arguments passed to Bidirectional".

Example:

    Bidirectional(LSTM(8), return_sequences=True)

Use instead:

    Bidirectional(LSTM(8, return_sequences=True))

Fix safety: safe: nothing but the layer inside can take the option.

References: https://keras.io/api/layers/recurrent_layers/bidirectional/
"""

from __future__ import annotations

import ast

from lstmlint.edits import (
    argument_text,
    remove_keyword,
    safe_fix,
    set_keyword,
)
from lstmlint.faults import Fault
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

BAD = [
    """
import keras
from keras.layers import Bidirectional, LSTM
layer = Bidirectional(LSTM(8), return_sequences=True)
""",
]
GOOD = [
    """
import keras
from keras.layers import Bidirectional, LSTM
layer = Bidirectional(LSTM(8, return_sequences=True))
""",
]


OPTIONS = (
    "return_sequences", "return_state", "stateful", "units", "dropout", "recurrent_dropout", "activation", "recurrent_activation", "use_bias",
    "kernel_initializer", "recurrent_initializer", "bias_initializer", "kernel_regularizer", "recurrent_regularizer", "bias_regularizer",
    "unroll", "reset_after",
)  # fmt: skip


@claim("RNN025", "option-on-wrapper", Severity.ERROR, kinds=("unknown-argument",), specificity=20)
def option_on_wrapper(fault: Fault, program: Program) -> Finding | None:
    word = str(fault.details.get("argument"))
    name = fault.message.partition("passed to ")[2].partition(":")[0]
    if name not in ("Bidirectional", "TimeDistributed") or word not in OPTIONS:
        return None
    call = fault.place.node
    inside = Place(fault.place.tree, call.args[0]) if isinstance(call, ast.Call) and call.args else None
    text = argument_text(fault.place, word)
    moved = safe_fix(
        f"Move `{word}` inside.",
        remove_keyword(fault.place, word),
        set_keyword(inside, word, text) if text is not None else None,
    )
    return Finding(
        fault.blamed[0] if fault.blamed else fault.place,
        f"`{word}` is an option of the layer inside, and {name} refuses it. Give it to that layer: {name}(layer(..., {word}=...)).",
        fix=moved,
        key=fault.place.node,
    )
