"""Bidirectional or TimeDistributed wraps something that is not a layer.

What it does: finds wrappers that are given a class instead of an instance, or a tensor because the layer was called
inside; and Bidirectional around a layer that doesn't run along time.

Why is this bad: Keras raises "Please initialize `Bidirectional` layer with a `keras.layers.Layer` instance".

Example:

    TimeDistributed(Dense(4)(x))

Use instead:

    TimeDistributed(Dense(4))(x)

References: https://keras.io/api/layers/recurrent_layers/time_distributed/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    External,
    LayerObject,
    Tensor,
)

BAD = [
    """
import keras
from keras.layers import Bidirectional, LSTM
layer = Bidirectional(LSTM)
""",
    """
import keras
from keras.layers import Dense, TimeDistributed
x = keras.Input((10, 3))
y = TimeDistributed(Dense(4)(x))
""",
    """
import keras
from keras.layers import Bidirectional, Dense
layer = Bidirectional(Dense(8))
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense, TimeDistributed
x = keras.Input((10, 3))
y = TimeDistributed(Dense(4))(x)
""",
    """
import keras
from keras.layers import Bidirectional, LSTM
layer = Bidirectional(LSTM(8))
""",
]


STATELESS = ("Dense", "Conv1D", "Dropout", "Flatten", "Activation", "LSTMCell", "GRUCell")


@check("RNN024", "wrapper-without-layer", Severity.ERROR)
def wrapper_without_layer(program: Program) -> Iterator[Finding]:
    for layer in program.layers:
        name = layer.class_name
        if name not in ("Bidirectional", "TimeDistributed") or layer.user_class is not None or layer.arguments is None:
            continue
        wrapped, place = layer.arguments.get("layer"), layer.arguments.place("layer") or layer.place
        if place is None:
            continue
        if isinstance(wrapped, External) and wrapped.name.startswith("keras.layers."):
            message = f"{name} wraps a layer, but `{place.text}` is a class. Make one of it: {name}({place.text}(...))."
        elif isinstance(wrapped, Tensor):
            message = f"{name} wraps a layer, but `{place.text}` is the tensor that a layer returned. Call the wrapper: {name}(layer)(x)."
        elif (
            name == "Bidirectional"
            and isinstance(wrapped, LayerObject)
            and wrapped.class_name in STATELESS
            and wrapped.user_class is None
        ):
            message = f"Bidirectional runs a recurrent layer in both directions, and {wrapped.class_name} has none. Use it without Bidirectional."
        else:
            continue
        yield Finding(place, message, key=layer.place.node if layer.place else None)
