"""A layer gets an input with the wrong number of axes.

What it does: reports inputs whose rank the layer can't take, where no more specific rule knows the cause.

Why is this bad: Keras raises as soon as the layer is built.

Example:

    model.add(LSTM(4, input_shape=(look_back,)))

Use instead:

    model.add(LSTM(4, input_shape=(look_back, 1)))

References: https://keras.io/guides/working_with_rnns/
"""

from __future__ import annotations

from lstmlint.diagnostic import ShapePair
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

from ..evidence import line, producer, subject_name

BAD = [
    """
import keras
from keras.layers import LSTM
model = keras.Sequential([keras.Input((10,)), LSTM(4)])
""",
    """
import keras
from keras.layers import Dense, GRU
model = keras.Sequential([keras.Input((28,)), Dense(8), GRU(4)])
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM
model = keras.Sequential([keras.Input((10, 1)), LSTM(4)])
""",
]


@claim("SHP001", "wrong-rank", Severity.ERROR, kinds=("rank",), specificity=0)
def wrong_rank(fault: Fault, program: Program) -> Finding | None:
    call = producer(fault)
    source = f" from the {call.layer.class_name} on {line(call.layer.place)}" if call is not None else ""
    recurrent = "timesteps" in fault.required
    advice = {
        2: "Each sample needs two axes, timesteps and features: one number per step is (timesteps, 1).",
        4: "Merge the inner axes with Reshape((timesteps, -1)), or wrap what comes before in TimeDistributed.",
    }.get(fault.details.get("rank", 0) if recurrent else 0, "Give it an input of that rank, or reshape in between.")
    return Finding(
        fault.place,
        f"{subject_name(fault)} needs {fault.required} but gets {fault.got}{source}. {advice}",
        related=((f"{call.layer.class_name} returns {call.output_shape} here", call.layer.place),)
        if call and call.layer.place
        else (),
        shapes=ShapePair(fault.required, fault.got),
        key=fault.place.node,
    )
