"""The wrong number of initial states.

What it does: counts the tensors in `initial_state`: an LSTM has two states, h and c, a GRU and a SimpleRNN one, a
Bidirectional those of both directions.

Why is this bad: an LSTM with one state raises as soon as data flow, as do too many. A GRU, and any layer with `unroll=True`,
ignores a state too many without a word, which is reported as a warning.

Example:

    y = LSTM(8)(x, initial_state=h)

Use instead:

    y = LSTM(8)(x, initial_state=[h, c])

References: https://keras.io/guides/working_with_rnns/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import flatten

from ..walk import STATES, are_nested, count_of_states, count_raises, made_by, recurrent

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM
x = keras.Input((10, 3))
h = keras.Input((8,))
model = keras.Model([x, h], LSTM(8)(x, initial_state=[h]))
model.predict([np.zeros((2, 10, 3)), np.zeros((2, 8))], verbose=0)
""",
    """
import keras
import numpy as np
from keras.layers import Bidirectional, Concatenate, LSTM
x = keras.Input((10, 3))
o, fh, fc, bh, bc = Bidirectional(LSTM(8, return_state=True))(x)
y = Bidirectional(LSTM(8))(x, initial_state=[Concatenate()([fh, bh]), Concatenate()([fc, bc])])
model = keras.Model(x, y)
model.predict(np.zeros((2, 10, 3)), verbose=0)
""",
    """
import keras
import numpy as np
from keras.layers import LSTM
x = keras.Input((10, 3))
output, h, c = LSTM(8, return_state=True)(x)
states = [h, c]
model = keras.Model(x, LSTM(8)(x, initial_state=[states]))
model.predict(np.zeros((2, 10, 3)), verbose=0)
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import Bidirectional, LSTM
x = keras.Input((10, 3))
o, fh, fc, bh, bc = Bidirectional(LSTM(8, return_state=True))(x)
model = keras.Model(x, Bidirectional(LSTM(8))(x, initial_state=[fh, fc, bh, bc]))
model.predict(np.zeros((2, 10, 3)), verbose=0)
""",
    """
import keras
import numpy as np
from keras.layers import LSTM
x = keras.Input((10, 3))
h = keras.Input((8,))
model = keras.Model([x, h], LSTM(8)(x, initial_state=[h, h]))
model.predict([np.zeros((2, 10, 3)), np.zeros((2, 8))], verbose=0)
""",
    """
import keras
import numpy as np
from keras.layers import GRU
x = keras.Input((10, 3))
h = keras.Input((8,))
model = keras.Model([x, h], GRU(8)(x, initial_state=h))
model.predict([np.zeros((2, 10, 3)), np.zeros((2, 8))], verbose=0)
""",
]


@check("RNN011", "initial-state-count", Severity.ERROR)
def initial_state_count(program: Program) -> Iterator[Finding]:
    for call in program.layer_calls:
        cell = recurrent(call.layer)
        found = count_of_states(call) if call.refused is None else None
        if cell is None or found is None:
            continue
        wanted, count = found
        if count == wanted:
            continue
        double = cell is not call.layer
        ignored = not count_raises(call)
        joined = double and all(made_by(state, "Concatenate") for state in flatten(call.kwargs["initial_state"]))
        names = STATES[cell.class_name]
        if double:
            names = (*(f"forward {name}" for name in names), *(f"backward {name}" for name in names))
        listed = f"{wanted} states, [{', '.join(names)}]"
        if are_nested(call):
            yield Finding(
                call.place,
                f"initial_state gets a list with {'a list' if count == 1 else 'lists'} in it, which Keras counts as {count} of the {wanted} states that this "
                f"{call.layer.class_name} has, so that it raises as soon as data flow. Give the states in one list: [{', '.join(names)}].",
                key=call.place.node,
            )
            continue
        told = "ignores the others without a word" if ignored else "raises as soon as data flow"
        yield Finding(
            call.place,
            f"This {call.layer.class_name} has {listed if wanted > 1 else 'one state, h'}, but initial_state gives {count}, and Keras {told}. "
            f"{'Pass them on one by one, without Concatenate' if joined else 'Pass on as many as there are'}.",
            severity=Severity.WARNING if ignored else None,
            key=call.place.node,
        )
