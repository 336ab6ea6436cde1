"""A tensor is given to a layer's constructor instead of to the layer.

What it does: finds Keras tensors, and lists of them, among the arguments with which a layer is made.

Why is this bad: a layer is made first and called on a tensor then, in two pairs of brackets. The constructor takes
the tensor for its first option: most raise, some make the layer without a word, and what comes back is a layer
and no tensor.

Example:

    x = Flatten(x)
    x = Concatenate([a, b])

Use instead:

    x = Flatten()(x)
    x = Concatenate()([a, b])

References: https://keras.io/guides/functional_api/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import LayerObject

from ..evidence import subject_name

BAD = [
    """
from keras.layers import Flatten, Input
x = Input((10, 3))
x = Flatten(x)
""",
    """
from keras.layers import LSTM, Input
x = LSTM(Input((10, 3)))
""",
    """
from keras.layers import Dense, Input
x = Dense(8, Input((3,)))
""",
    """
from keras.layers import Add, Input
a, b = Input((3,)), Input((3,))
x = Add([a, b])
""",
    """
from keras.layers import Concatenate, Dense, Input
a, b = Input((3,)), Input((3,))
x = Concatenate([a, b])
y = Dense(1)(x)
""",
]
GOOD = [
    """
from keras.layers import Concatenate, Dense, Flatten, Input, LSTM
a, b = Input((10, 3)), Input((10, 3))
x = Concatenate()([a, b])
x = LSTM(8, return_sequences=True)(x)
y = Dense(1)(Flatten()(x))
""",
]


@claim(
    "API031",
    "tensor-in-constructor",
    Severity.ERROR,
    kinds=("tensor-for-argument", "not-a-tensor"),
    specificity=20,
)
def tensor_in_constructor(fault: Fault, program: Program) -> Finding | None:
    if fault.kind == "not-a-tensor":
        made = _taken(program, fault.details.get("value"))
        return _finding(made, used=fault.place) if made is not None else None
    if fault.details.get("argument") == "layer":
        return None  # a wrapper around what a layer returned is wrapper-without-layer
    if not fault.raises and any(
        f.kind == "not-a-tensor" and f.details.get("value") is fault.subject for f in program.faults
    ):
        return None  # told as what it leads to
    return _finding(fault)


def _taken(program: Program, value: object) -> Fault | None:
    """Where a layer was made that took a tensor for one of its options."""
    if not isinstance(value, LayerObject):
        return None
    return next((f for f in program.faults if f.kind == "tensor-for-argument" and f.subject is value), None)


def _finding(fault: Fault, used: Place | None = None) -> Finding:
    name, argument = subject_name(fault), fault.details.get("argument")
    place = fault.blamed[0] if fault.blamed else fault.place
    text = place.text if len(place.text) <= 40 and "\n" not in place.text else "x"
    what = "tensors" if text[:1] in ("[", "(") else "a tensor"
    if argument is None:
        told = f"{name} is made with {what} here, and Keras raises"
    elif fault.raises:
        told = f"{name} is made with {what} as its `{argument}`, and Keras raises"
    elif used is not None:
        told = f"{name} is only made here, with {what} as its `{argument}`, and not called: Keras raises where the layer is used as a tensor"
    else:
        told = f"{name} is only made here, with {what} as its `{argument}`, and not called: the result is a layer, no tensor"
    options = "..." if fault.details.get("more") else ""
    return Finding(
        place,
        f"{told}. A layer is called in brackets of its own: {name}({options})({text}).",
        related=(("it is used as a tensor here", used),) if used is not None else (),
        severity=None if fault.raises or used is not None else Severity.WARNING,
        key=fault.place.node,
    )
