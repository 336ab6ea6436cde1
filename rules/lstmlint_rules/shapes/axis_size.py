"""An axis does not have the size that the layer or the model was built for.

What it does: compares the sizes that come with those that the layer's weights, or the model's inputs, have.

Why is this bad: Keras raises when the shapes meet.

Example:

    dense = Dense(4); dense(Input((3,))); dense(Input((5,)))

Use instead:

    Dense(4)(Input((3,))); Dense(4)(Input((5,)))

References: https://keras.io/api/layers/base_layer/
"""

from __future__ import annotations

from lstmlint.diagnostic import ShapePair
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..evidence import label, subject_name

BAD = [
    """
import keras
dense = keras.layers.Dense(4)
a = dense(keras.Input((3,)))
b = dense(keras.Input((5,)))
""",
]
GOOD = [
    """
import keras
dense = keras.layers.Dense(4)
a = dense(keras.Input((3,)))
b = dense(keras.Input((3,)))
""",
]


@claim("SHP004", "axis-size", Severity.ERROR, kinds=("axis-size",), specificity=0)
def axis_size(fault: Fault, program: Program) -> Finding | None:
    wanted, size, axis = (fault.details.get(k) for k in ("required_size", "size", "axis"))
    if wanted is None or size is None:
        told = f"needs {fault.required} but gets {fault.got}"
    else:
        told = f"was built for {label(wanted)} in axis {axis} but gets {label(size)}: the shape here is {fault.got}"
    return Finding(
        fault.place,
        f"{subject_name(fault)} {told}. Make the two sizes the same, or use a layer of its own here.",
        shapes=ShapePair(fault.required, fault.got),
        key=fault.place.node,
    )
