"""A keyword that the function or layer does not have.

What it does: compares keywords with the signatures of Keras 3 and says which one was probably meant.

Why is this bad: Keras raises "Unrecognized keyword arguments".

Example:

    LSTM(4, return_sequence=True)

Use instead:

    LSTM(4, return_sequences=True)

Fix safety: unsafe. The keyword that looks most like it is probably the one meant.

References: https://keras.io/api/
"""

from __future__ import annotations

import difflib

from lstmlint.edits import rename_keyword, unsafe_fix
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..evidence import subject_name

BAD = [
    """
import keras
layer = keras.layers.LSTM(4, return_sequence=True)
""",
    """
import keras
layer = keras.layers.Dense(4, units_count=3)
""",
    """
import keras
inputs = keras.Input((3,))
model = keras.Model(inputs=inputs)
""",
    """
import keras
layer = keras.layers.SimpleRNN(2)
layer.build(input_shape=(None, None, 5))
""",
    """
import keras
labels = keras.utils.to_categorical([0, 1, 2], nb_classes=3)
""",
    """
from tensorflow.keras.preprocessing.sequence import pad_sequences
rows = pad_sequences([[1, 2], [3]], max_len=4)
""",
]
GOOD = [
    """
import keras
layer = keras.layers.LSTM(4, return_sequences=True)
""",
    """
import keras
layer = keras.layers.SimpleRNN(2)
layer.build(sequences_shape=(None, None, 5))
layer = keras.layers.TimeDistributed(keras.layers.Dense(2))
layer.build(input_shape=(None, 7, 5))
""",
]


_PAIR = {"inputs": "outputs", "outputs": "inputs"}


@claim("API001", "unknown-argument", Severity.ERROR, kinds=("unknown-argument",), specificity=0)
def unknown_argument(fault: Fault, program: Program) -> Finding | None:
    word = str(fault.details.get("argument", fault.got))
    accepted = [str(a) for a in fault.details.get("accepted", ())]
    instead = fault.details.get("instead")
    near = [str(instead)] if instead else difflib.get_close_matches(word, accepted, 1, 0.7)
    name = subject_name(fault)
    if name[:1].islower():  # a keyword of a constructor: the call's own words say which
        name = fault.message.partition("passed to ")[2].partition(":")[0] or name
    if instead:
        name = f"`{name}.build`"
    said = f"{name} has no argument `{word}`, and Keras refuses what it does not know."
    if (other := _PAIR.get(word)) is not None and fault.subject == "keras.Model":
        said, near = f"A {name} takes `{word}` only together with `{other}`, and refuses it alone.", []
        advice = f"Add {other}=... to the call."
    elif word == "batch_shape" and ".layers." in fault.message + str(fault.subject):
        advice, near = "Put Input(batch_shape=...) in front of the layer.", []
    elif word == "type_spec" and fault.subject == "keras.Input":
        advice, near = "Give the shape, without the batch axis, and the dtype: Keras 3 takes plain tensors only.", []
    else:
        advice = _advice(near)
    return Finding(
        fault.blamed[0] if fault.blamed else fault.place,
        f"{said} {advice}",
        fix=unsafe_fix(f"Write `{near[0]}=`.", rename_keyword(fault.place, word, near[0])) if near else None,
        key=fault.place.node,
    )


def _advice(near: list[str]) -> str:
    return f"Did you mean `{near[0]}`?" if near else "Leave it out, or see the signature for what it takes."
