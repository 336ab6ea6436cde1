"""Reshape to another number of elements.

What it does: multiplies the sizes of `target_shape` and compares with what each sample has.

Why is this bad: Keras raises: reshaping changes the order of axes in memory, never the number of values.

Example:

    model = Sequential([Input((10,)), Reshape((3, 4))])

Use instead:

    model = Sequential([Input((10,)), Reshape((2, 5))])

References: https://keras.io/api/layers/reshaping_layers/reshape/
"""

from __future__ import annotations

from lstmlint.diagnostic import ShapePair
from lstmlint.dims import Dim
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import (
    LayerObject,
)

BAD = [
    """
import keras
from keras.layers import Reshape
model = keras.Sequential([keras.Input((10,)), Reshape((3, 4))])
""",
]
GOOD = [
    """
import keras
from keras.layers import Reshape
model = keras.Sequential([keras.Input((10,)), Reshape((2, 5))])
""",
]


@claim("SHP023", "reshape-size", Severity.ERROR, kinds=("reshape",), specificity=10)
def reshape_size(fault: Fault, program: Program) -> Finding | None:
    shape, target = fault.details.get("shape"), fault.details.get("target")
    if not isinstance(fault.subject, LayerObject) or shape is None or target is None:
        return None
    have = shape.slice(1).size()
    fixed = [d for d in target if d.known != -1]
    total: Dim = Dim(1)
    for dim in fixed:
        total = total * dim
    open_axis = len(fixed) < len(list(target))
    told = f"a multiple of {total}" if open_axis else f"{total}"
    batch = shape[0].known is None and len(list(target)) > 1
    advice = "The batch axis does not belong into target_shape. " if batch and target[0].known == -1 else ""
    return Finding(
        fault.blamed[0] if fault.blamed else fault.place,
        f"Each sample has {have} values, {shape}, and the target {target} holds {told}. {advice}"
        "Make the products equal, or leave one size to Keras with -1.",
        shapes=ShapePair(fault.required, fault.got),
        key=fault.place.node,
    )
