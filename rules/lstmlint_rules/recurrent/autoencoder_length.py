"""An autoencoder writes another number of steps than it reads.

What it does: finds `fit(X, X)` on models whose output has another number of timesteps than the input.

Why is this bad: the output is compared with the input, step by step. Keras raises when training begins, as the two
can't be subtracted.

Example:

    model = Sequential([Input((10, 3)), LSTM(8), RepeatVector(5), LSTM(8, return_sequences=True), Dense(3)])
    model.fit(X, X)

Use instead:

    model = Sequential([Input((10, 3)), LSTM(8), RepeatVector(10), LSTM(8, return_sequences=True), Dense(3)])
    model.fit(X, X)

Fix safety: safe: with `fit(X, X)` no other number is possible.

References: https://keras.io/api/layers/reshaping_layers/repeat_vector/
"""

from __future__ import annotations

from lstmlint.diagnostic import ShapePair
from lstmlint.dims import same
from lstmlint.edits import (
    replace,
    safe_fix,
)
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import (
    Array,
    Tensor,
    flatten,
)

from ..evidence import (
    label,
)

BAD = [
    """
import keras
import numpy as np
from keras.layers import Dense, LSTM, RepeatVector
X = np.zeros((8, 10, 3))
model = keras.Sequential([keras.Input((10, 3)), LSTM(8), RepeatVector(5), LSTM(8, return_sequences=True), Dense(3)])
model.compile("adam", "mse")
model.fit(X, X, verbose=0)
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import Dense, LSTM, RepeatVector
X = np.zeros((8, 10, 3))
model = keras.Sequential([keras.Input((10, 3)), LSTM(8), RepeatVector(10), LSTM(8, return_sequences=True), Dense(3)])
model.compile("adam", "mse")
model.fit(X, X, verbose=0)
""",
]


@claim("RNN035", "autoencoder-length", Severity.ERROR, kinds=("target-shape",), specificity=40)
def autoencoder_length(fault: Fault, program: Program) -> Finding | None:
    use = next((u for way in program.ways for u in way.uses if u.place.node is fault.place.node), None)
    if use is None or not isinstance(use.x, Array) or use.x is not use.y:
        return None
    outputs = [t for t in flatten(use.output) if isinstance(t, Tensor)]
    if len(outputs) != 1 or outputs[0].shape.rank != 3 or use.x.shape.rank != 3:
        return None
    steps, written = use.x.shape[1], outputs[0].shape[1]
    if same(steps, written) is not False:
        return None
    repeat = next((x for x in use.layers if x.class_name == "RepeatVector" and x.user_class is None), None)
    place = repeat.arguments.place("n") if repeat is not None and repeat.arguments is not None else None
    size = steps.known
    advice = f"Write RepeatVector({steps})." if repeat is not None else "Let the decoder write as many."
    return Finding(
        fault.place,
        f"The model is trained to give back its input of {label(steps)} steps, but it writes {label(written)}: {outputs[0].shape}. {advice}",
        related=(("this says how many steps are written", place),) if place is not None else (),
        shapes=ShapePair(str(use.x.shape), str(outputs[0].shape)),
        fix=safe_fix(f"Repeat {size} times.", replace(place, str(size)))
        if place is not None and size is not None
        else None,
        key=fault.place.node,
    )
