"""One recurrent layer reads inputs with different numbers of features.

What it does: finds recurrent layers that are called on inputs whose last axes differ: one object called twice, or
repeated in a list by `[LSTM(8)] * 3`.

Why is this bad: the first call makes the weights, for that many features. Keras checks only the rank of later inputs,
builds the model, and raises as soon as data flow through it.

Example:

    model = Sequential([Input((10, 3))] + [LSTM(8, return_sequences=True)] * 3)

Use instead:

    model = Sequential([Input((10, 3))] + [LSTM(8, return_sequences=True) for _ in range(3)])

References: https://keras.io/api/layers/recurrent_layers/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.dims import same
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..evidence import (
    RECURRENT,
    label,
    line,
)

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM
a, b = keras.Input((10, 3)), keras.Input((10, 5))
shared = LSTM(4)
model = keras.Model([a, b], [shared(a), shared(b)])
model.predict([np.zeros((2, 10, 3)), np.zeros((2, 10, 5))], verbose=0)
""",
    """
import keras
import numpy as np
from keras.layers import LSTM
model = keras.Sequential([keras.Input((10, 3))] + [LSTM(8, return_sequences=True)] * 3)
model.predict(np.zeros((2, 10, 3)), verbose=0)
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM
a, b = keras.Input((10, 3)), keras.Input((20, 3))
shared = LSTM(4)
model = keras.Model([a, b], [shared(a), shared(b)])
""",
]


@check("RNN015", "recurrent-layer-reused", Severity.ERROR)
def recurrent_layer_reused(program: Program) -> Iterator[Finding]:
    for layer in program.layers:
        if layer.class_name not in RECURRENT or layer.user_class is not None:
            continue
        calls = [c for c in layer.calls if c.refused is None and c.input_shape.rank == 3]
        first = calls[0] if calls else None
        other = next((c for c in calls if first and same(c.input_shape[2], first.input_shape[2]) is False), None)
        if first is None or other is None:
            continue
        yield Finding(
            other.place,
            f"The {layer.class_name} on {line(layer.place)} was built for {label(first.input_shape[2])} features and gets {label(other.input_shape[2])} "
            f"here, which raises as soon as data flow. Make a layer of its own for each input.",
            related=((f"its first input is {first.input_shape}", first.place),),
            key=layer.place.node if layer.place else None,
        )
