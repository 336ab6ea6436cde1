"""The activation is a shape, a number, a flag, or a misspelt name.

What it does: looks at what reaches the `activation` of Dense, LSTM, GRU and SimpleRNN, whose second positional argument it is.
An unknown name is reported only when it is a known one in other letters.

Why is this bad: Keras raises "Could not interpret activation function identifier".

Example:

    LSTM(32, (10, 64))

Use instead:

    LSTM(32, input_shape=(10, 64))

References: https://keras.io/api/layers/activations/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..evidence import RECURRENT

BAD = [
    """
import keras
layer = keras.layers.LSTM(32, (10, 64))
""",
    """
import keras
layer = keras.layers.LSTM(32, True)
""",
    """
import keras
layer = keras.layers.Dense(4, activation="ReLU")
""",
]
GOOD = [
    """
import keras
layer = keras.layers.LSTM(32, "tanh", return_sequences=True)
""",
    """
import keras
layer = keras.layers.Dense(4, activation="relu")
""",
]

NAMES = [
    "celu",
    "elu",
    "exponential",
    "gelu",
    "glu",
    "hard_shrink",
    "hard_sigmoid",
    "hard_silu",
    "hard_swish",
    "hard_tanh",
    "leaky_relu",
    "linear",
    "log_sigmoid",
    "log_softmax",
    "mish",
    "relu",
    "relu6",
    "selu",
    "sigmoid",
    "silu",
    "soft_shrink",
    "softmax",
    "softplus",
    "softsign",
    "sparse_plus",
    "sparse_sigmoid",
    "sparsemax",
    "squareplus",
    "swish",
    "tanh",
    "tanh_shrink",
    "threshold",
]


@check("API003", "not-an-activation", Severity.ERROR)
def not_an_activation(program: Program) -> Iterator[Finding]:
    registers = any("register_keras_serializable" in c.name or "custom_object" in c.name for c in program.calls)
    for layer in program.layers:
        if layer.class_name not in (*RECURRENT, "Dense") or layer.user_class is not None or layer.arguments is None:
            continue
        value, place = layer.arguments.get("activation"), layer.arguments.place("activation") or layer.place
        if place is None or not layer.arguments.explicit("activation"):
            continue
        first = f"The second positional argument of {layer.class_name} is `activation`, and {{}} is none."
        if isinstance(value, tuple):
            yield Finding(place, first.format(value) + f" Write input_shape={value}, or put an Input in front.")
        elif isinstance(value, bool):
            yield Finding(
                place, first.format(value) + f" Name the argument that you mean, such as return_sequences={value}."
            )
        elif isinstance(value, (int, float)):
            yield Finding(
                place,
                first.format(place.text)
                + " Name the argument that you mean; sizes of the input belong into Input(shape).",
            )
        elif isinstance(value, str) and value not in NAMES and value.lower() in NAMES and not registers:
            yield Finding(
                place,
                f'Keras has no activation "{value}", because names are in small letters. Write "{value.lower()}".',
            )
