"""An initial state has another size than the layer's units.

What it does: compares the last axis of each tensor in `initial_state` with the units of the layer that begins with
it, and its rank with (batch, units).

Why is this bad: the state is the hidden state that the layer goes on from, so it must be as wide as the layer. Keras
builds the model all the same, and raises as soon as data flow through it. An LSTM or a SimpleRNN whose state has an axis too many,
(batch, 1, units), works on a batch of one, and only on such: where the size of the batch is open, this is a warning.

Example:

    output, h, c = LSTM(8, return_state=True)(encoder_input)
    y = LSTM(16)(decoder_input, initial_state=[h, c])

Use instead:

    output, h, c = LSTM(16, return_state=True)(encoder_input)
    y = LSTM(16)(decoder_input, initial_state=[h, c])

References: https://keras.io/guides/working_with_rnns/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.diagnostic import ShapePair
from lstmlint.dims import same
from lstmlint.program import LayerCall, Program, Use
from lstmlint.rule import Finding, Severity, check
from lstmlint.shapes import Shape
from lstmlint.values import Array, Tensor, flatten, to_dim

from ..evidence import (
    line,
)
from ..walk import (
    behind,
    count_raises,
    recurrent,
)

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM
x = keras.Input((10, 3))
output, h, c = LSTM(8, return_state=True)(x)
y = LSTM(16)(x, initial_state=[h, c])
model = keras.Model(x, y)
model.predict(np.zeros((2, 10, 3)), verbose=0)
""",
    """
import keras
import numpy as np
from keras.layers import Bidirectional, Concatenate, LSTM
x = keras.Input((10, 3))
o, fh, fc, bh, bc = Bidirectional(LSTM(8, return_state=True))(x)
y = LSTM(8)(x, initial_state=[Concatenate()([fh, bh]), Concatenate()([fc, bc])])
model = keras.Model(x, y)
model.predict(np.zeros((2, 10, 3)), verbose=0)
""",
    """
import keras
import numpy as np
from keras.layers import LSTM
x, s = keras.Input((10, 3)), keras.Input((1, 16))
model = keras.Model([x, s], LSTM(16)(x, initial_state=[s, s]))
model.predict([np.zeros((2, 10, 3)), np.zeros((2, 1, 16))], verbose=0)
""",
    """
import keras
import numpy as np
from keras.layers import GRU
x, s = keras.Input((10, 3)), keras.Input((1, 16))
model = keras.Model([x, s], GRU(16)(x, initial_state=s))
model.predict([np.zeros((1, 10, 3)), np.zeros((1, 1, 16))], verbose=0)
""",
    """
import keras
import numpy as np
y = keras.layers.LSTM(5)(np.zeros((3, 6, 2), "float32"), initial_state=[np.zeros((3, 5), "float32"), np.zeros((3, 4), "float32")])
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import Bidirectional, Concatenate, LSTM
x = keras.Input((10, 3))
o, fh, fc, bh, bc = Bidirectional(LSTM(8, return_state=True))(x)
y = LSTM(16)(x, initial_state=[Concatenate()([fh, bh]), Concatenate()([fc, bc])])
model = keras.Model(x, y)
model.predict(np.zeros((2, 10, 3)), verbose=0)
""",
    """
import keras
import numpy as np
from keras.layers import LSTM
x, s = keras.Input((10, 3)), keras.Input((1, 16))
model = keras.Model([x, s], LSTM(16)(x, initial_state=[s, s]))
model.predict([np.zeros((1, 10, 3)), np.zeros((1, 1, 16))], verbose=0)
""",
]


@check("RNN010", "initial-state-size", Severity.ERROR)
def initial_state_size(program: Program) -> Iterator[Finding]:
    for call in program.layer_calls:
        cell = recurrent(call.layer)
        with_data = call.refused is not None and call.refused.kind == "initial-state-size"
        if cell is None or cell.arguments is None or (call.refused is not None and not with_data):
            continue
        if count_raises(call):  # RNN011 speaks of that
            continue
        units = to_dim(cell.arguments.get("units"))
        for state in flatten(call.kwargs.get("initial_state")):
            if not isinstance(state, (Array, Tensor) if with_data else Tensor) or state.shape.rank is None:
                continue
            wide = state.shape.rank > 0 and same(state.shape[-1], units) is not False
            if state.shape.rank == 2 and wide:
                continue
            alone = (
                isinstance(state, Tensor)
                and wide
                and state.shape.rank > 2
                and _goes_with_one(cell.class_name, state.shape)
            )
            batches = _batches(program, call, state) if alone else []
            if alone and batches and all(size == 1 for size in batches):
                continue
            surely = not alone or any(size not in (None, 1) for size in batches)
            made = state.call if isinstance(state, Tensor) else None
            source = f" from the {made.layer.class_name} on {line(made.layer.place)}" if made is not None else ""
            if state.shape.rank > 2 and _all_ones(state.shape):
                advice = f"Take the axis between away, with Reshape(({units},))."
            elif state.shape.rank != 2:
                advice = f"A state has {units} numbers for each sample, and no timesteps."
            elif made is None:
                advice = "Make it as wide as the units."
            elif made.layer.class_name == "Concatenate":
                advice = "Forward and backward state together are twice as wide as one of them: give the two layers units to match."
            else:
                advice = "Both layers need the same units."
            told = (
                "raises"
                if with_data
                else "raises as soon as data flow"
                if surely
                else "raises on every batch but one of a single sample"
            )
            yield Finding(
                call.place,
                f"The state{source} is {state.shape}, but a state of this {cell.class_name} is (batch, {units}), as wide as its units, and "
                f"Keras {told}. {advice}",
                related=(("this is the state", made.place),) if made is not None else (),
                shapes=ShapePair(f"(batch, {units})", str(state.shape)),
                severity=None if surely else Severity.WARNING,
                key=call.place.node,
            )
            break


def _goes_with_one(name: str, state: Shape) -> bool:
    """Does NumPy's way of adding let such a state, with an axis too many, go with a batch of one? A GRU multiplies differently."""
    return name == "SimpleRNN" or (name == "LSTM" and _all_ones(state))


def _all_ones(state: Shape) -> bool:
    """Are all axes between the first and the last of size 1?"""
    return all(dim.known == 1 for dim in (state.dims or ())[1:-1])


def _batches(program: Program, call: LayerCall, state: Array | Tensor) -> list[int | None]:
    """The sizes of the batches that flow through a layer call, None for one that is not known; empty where nothing is seen to flow."""
    fixed = next((n for n in (state.shape[0].known, call.input_shape.get(0).known) if n is not None), None)
    if fixed is not None:
        return [fixed]
    return [_batch(use) for use in program.uses if any(other is call for other in behind(use.output))]


def _batch(use: Use) -> int | None:
    """How many samples the first batch has, None where that is not known."""
    size = use.arguments.get("batch_size")
    whole = use.method.endswith("_on_batch")
    counts = [leaf.shape.get(0).known for leaf in flatten(use.x) if isinstance(leaf, Array)]
    if not whole and size == 1:
        return 1
    if not counts or counts[0] is None or not (whole or size is None or isinstance(size, int)):
        return None
    if use.arguments.get("validation_split"):
        return None
    return counts[0] if whole else min(counts[0], int(size or 32))
