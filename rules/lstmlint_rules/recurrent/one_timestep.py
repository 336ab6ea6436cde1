"""The window became the features of a single timestep.

What it does: finds recurrent layers with one timestep whose number of features is named like a number of timesteps. Stateful
layers and layers with an initial state are left alone: theirs is a legitimate single step.

Why is this bad: with one step and a zero state nothing recurs, and the recurrent weights have no effect on the output.

Example:

    model.add(LSTM(4, input_shape=(1, look_back)))

Use instead:

    model.add(LSTM(4, input_shape=(look_back, 1)))

References: https://keras.io/guides/working_with_rnns/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..evidence import RECURRENT, before, label, named_steps, origin_of

BAD = [
    """
import keras
from keras.layers import LSTM
look_back = 3
model = keras.Sequential([keras.Input((1, look_back)), LSTM(4)])
""",
    """
import keras
from keras.layers import LSTM
look_back = 1
model = keras.Sequential([keras.Input((1, look_back)), LSTM(4)])
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM
look_back = 3
model = keras.Sequential([keras.Input((look_back, 1)), LSTM(4)])
""",
]


@check("RNN004", "one-timestep", Severity.WARNING)
def one_timestep(program: Program) -> Iterator[Finding]:
    for call in program.layer_calls:
        layer, shape = call.layer, call.input_shape
        if layer.class_name not in RECURRENT or layer.arguments is None or shape.rank != 3 or before(call) is not None:
            continue
        if layer.arguments.get("stateful") is not False or call.kwargs.get("initial_state") is not None:
            continue
        if shape[1].known == 1 and named_steps(shape[2]):
            origin = origin_of(shape[2])
            name = origin.label if origin is not None and shape[2].known == 1 else None
            advice = (
                f"To read more than one step, make `{name}` larger, and give it the shape (batch, {name}, 1)."
                if name
                else f"To read {shape[2]} steps of one number each, give it the shape (batch, {shape[2]}, 1)."
            )
            yield Finding(
                call.place,
                f"This {layer.class_name} sees one timestep of {label(shape[2])} features, so nothing recurs. {advice}",
            )
