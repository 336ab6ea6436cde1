"""Flatten or a global pooling takes the time axis away from a layer that needs it.

What it does: finds layers that need (batch, timesteps, features) behind Flatten or a global pooling.

Why is this bad: Keras raises: what Flatten returns is one vector for each sample.

Example:

    model.add(Conv1D(8, 3))
    model.add(Flatten())
    model.add(LSTM(4))

Use instead:

    model.add(Conv1D(8, 3))
    model.add(LSTM(4))

References: https://keras.io/api/layers/recurrent_layers/
"""

from __future__ import annotations

from lstmlint.diagnostic import ShapePair
from lstmlint.faults import Fault
from lstmlint.program import LayerCall, Program
from lstmlint.rule import Finding, Severity, claim

from ..evidence import (
    before,
    line,
    producer,
    subject_name,
)

BAD = [
    """
import keras
from keras.layers import Conv1D, Flatten, LSTM, MaxPooling1D
model = keras.Sequential([keras.Input((28, 2)), Conv1D(8, 3), MaxPooling1D(), Flatten(), LSTM(4)])
""",
    """
import keras
from keras.layers import Conv2D, Flatten, LSTM, TimeDistributed
model = keras.Sequential([keras.Input((5, 28, 28, 1)), TimeDistributed(Conv2D(4, 3)), Flatten(), LSTM(6)])
""",
]
GOOD = [
    """
import keras
from keras.layers import Conv1D, LSTM, MaxPooling1D
model = keras.Sequential([keras.Input((28, 2)), Conv1D(8, 3), MaxPooling1D(), LSTM(4)])
""",
    """
import keras
from keras.layers import Conv2D, Flatten, LSTM, TimeDistributed
model = keras.Sequential([keras.Input((5, 28, 28, 1)), TimeDistributed(Conv2D(4, 3)), TimeDistributed(Flatten()), LSTM(6)])
""",
]


REMOVE = ("Flatten", "GlobalAveragePooling1D", "GlobalMaxPooling1D", "GlobalAveragePooling2D", "GlobalMaxPooling2D")


@claim("SHP010", "flatten-before-sequence", Severity.ERROR, kinds=("rank",), specificity=15)
def flatten_before_sequence(fault: Fault, program: Program) -> Finding | None:
    call = producer(fault)
    while call is not None and call.layer.class_name in ("Dense", "Dropout", "BatchNormalization", "Activation"):
        call = before(call)
    if (
        call is None
        or call.layer.class_name not in REMOVE
        or fault.details.get("rank") != 2
        or fault.details.get("ndim") != 3
    ):
        return None
    name, rank = call.layer.class_name, call.input_shape.rank
    first: LayerCall | None = call
    for _ in range(20):
        if first is None or first.layer.class_name == "TimeDistributed":
            break
        first = before(first)
    if first is not None and (rank or 0) > 3:
        advice = f"Write TimeDistributed({name}()), which keeps the timesteps apart."
    elif rank == 3:
        advice = f"Leave the {name} out: what comes before it is (batch, timesteps, features) already."
    else:
        advice = "Say what a timestep is with Reshape((timesteps, -1))."
    return Finding(
        fault.place,
        f"{subject_name(fault)} needs (batch, timesteps, features), but the {name} on {line(call.layer.place)} makes one vector of each sample, "
        f"{call.output_shape}. {advice}",
        related=((f"{name} turns {call.input_shape} into {call.output_shape}", call.layer.place or call.place),),
        shapes=ShapePair(fault.required, fault.got),
        key=fault.place.node,
    )
