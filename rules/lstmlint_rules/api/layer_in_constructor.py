"""A layer is given to another layer's constructor.

What it does: finds layers among the arguments with which a layer is made, where Keras wants a number or a word.

Why is this bad: only wrappers (Bidirectional, TimeDistributed) are made of another layer. Everywhere else a layer is
called on what the other returns, and Keras raises.

Example:

    x = GlobalMaxPooling1D(LSTM(8, return_sequences=True))(x)

Use instead:

    x = GlobalMaxPooling1D()(LSTM(8, return_sequences=True)(x))

References: https://keras.io/guides/functional_api/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..evidence import subject_name

BAD = [
    """
from keras.layers import GlobalMaxPooling1D, LSTM
layer = GlobalMaxPooling1D(LSTM(8, return_sequences=True))
""",
    """
from keras.layers import Dense, LSTM
layer = Dense(LSTM(8))
""",
    """
import keras
from keras.layers import Dropout, LSTM
model = keras.Sequential([keras.Input((10, 3)), Dropout(LSTM(8))])
""",
]
GOOD = [
    """
from keras.layers import Bidirectional, Dense, GlobalMaxPooling1D, Input, LSTM, ReLU, TimeDistributed
x = Bidirectional(LSTM(8, return_sequences=True))(Input((10, 3)))
x = TimeDistributed(Dense(4, ReLU()))(x)
x = GlobalMaxPooling1D()(x)
""",
]


@claim("API035", "layer-in-constructor", Severity.ERROR, kinds=("layer-for-argument",), specificity=10)
def layer_in_constructor(fault: Fault, program: Program) -> Finding | None:
    name, inner = subject_name(fault), fault.details["value"].class_name
    options = "..." if fault.details.get("more") else ""
    return Finding(
        fault.blamed[0] if fault.blamed else fault.place,
        f"{name} takes this {inner} for its `{fault.details['argument']}`, and Keras raises. Call one layer on what the other returns, "
        f"{name}({options})({inner}(...)(x)), or add them to a Sequential one after the other.",
        key=fault.place.node,
    )
