"""A stateful layer without a fixed batch size.

What it does: finds `stateful=True` on recurrent layers whose batch axis is None.

Why is this bad: the state of each sample of the batch is kept, so that Keras must know how many there are; it raises.

Example:

    Input((10, 3)), LSTM(32, stateful=True)

Use instead:

    Input(batch_shape=(16, 10, 3)), LSTM(32, stateful=True)

References: https://keras.io/guides/working_with_rnns/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..evidence import subject_name

BAD = [
    """
import keras
model = keras.Sequential([keras.Input((10, 3)), keras.layers.LSTM(32, stateful=True)])
""",
]
GOOD = [
    """
import keras
model = keras.Sequential([keras.Input(batch_shape=(16, 10, 3)), keras.layers.LSTM(32, stateful=True)])
""",
]


@claim("RNN005", "stateful-without-batch-size", Severity.ERROR, kinds=("stateful-batch",), specificity=10)
def stateful_without_batch_size(fault: Fault, program: Program) -> Finding | None:
    shape = fault.details.get("shape")
    inner = ", ".join(str(d) for d in shape.dims[1:]) if shape is not None and shape.dims else "timesteps, features"
    return Finding(
        fault.blamed[0] if fault.blamed else fault.place,
        f"A stateful {subject_name(fault)} keeps a state for each sample of the batch, but the batch size of {fault.got} is open. "
        f"Fix it with Input(batch_shape=(batch, {inner})).",
        key=fault.place.node,
    )
