"""`batch_shape` without the batch.

What it does: finds inputs with `batch_shape=` whose rank is one less than the layer behind them needs.

Why is this bad: Keras raises: unlike `shape`, `batch_shape` names the batch size as well.

Example:

    x = Input(batch_shape=(10, 3))
    y = LSTM(4)(x)

Use instead:

    x = Input(batch_shape=(None, 10, 3))
    y = LSTM(4)(x)

References: https://keras.io/api/layers/core_layers/input/
"""

from __future__ import annotations

from lstmlint.diagnostic import ShapePair
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import (
    LayerObject,
)

from ..evidence import (
    subject_name,
)
from ..walk import (
    tensors,
)

BAD = [
    """
import keras
from keras.layers import LSTM
x = keras.Input(batch_shape=(10, 3))
y = LSTM(4)(x)
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM
x = keras.Input(batch_shape=(None, 10, 3))
y = LSTM(4)(x)
""",
]


@claim("SHP015", "batch-shape-without-batch", Severity.ERROR, kinds=("rank",), specificity=25)
def batch_shape_without_batch(fault: Fault, program: Program) -> Finding | None:
    call = next((c for way in program.ways for c in way.layer_calls if c.refused is fault), None)
    tensor = tensors(call)[0] if call is not None and tensors(call) else None
    source = tensor.facts.get("input_layer") if tensor is not None else None
    arguments = source.arguments if isinstance(source, LayerObject) else None
    if tensor is None or arguments is None or not arguments.explicit("batch_shape"):
        return None
    needed = fault.details.get("ndim") or fault.details.get("min_ndim")
    if tensor.shape.rank is None or needed != tensor.shape.rank + 1:
        return None
    inside = ", ".join(str(d) for d in tensor.shape)
    return Finding(
        fault.place,
        f"`batch_shape` begins with the batch size, so that {fault.got} leaves one axis too few for {subject_name(fault)}, which needs "
        f"{fault.required}. Write shape=({inside}), or batch_shape=(None, {inside}).",
        related=(("the input's shape is given here", arguments.place("batch_shape") or fault.place),),
        shapes=ShapePair(fault.required, fault.got),
        key=fault.place.node,
    )
