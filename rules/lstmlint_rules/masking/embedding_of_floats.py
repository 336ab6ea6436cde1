"""An Embedding looks up numbers that are no ids.

What it does: finds Embeddings behind layers that calculate (Dense, LSTM, convolutions, normalisation), and Embeddings
that begin a model trained on scaled data.

Why is this bad: an Embedding cuts its input to whole numbers and takes them for row numbers. Of activations and of
scaled data little more than 0 and 1 is left.

Example:

    model = Sequential([Input((5,)), Dense(10, activation="relu"), Embedding(10, 4)])

Use instead:

    model = Sequential([Input((5,)), Embedding(10, 4), Flatten(), Dense(10, activation="relu")])

References: https://keras.io/api/layers/core_layers/embedding/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    Array,
)

from ..evidence import (
    before,
    line,
)
from ..provenance import ancestors

BAD = [
    """
import keras
from keras.layers import Dense, Embedding
model = keras.Sequential([keras.Input((5,)), Dense(10, activation="relu"), Embedding(10, 4)])
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense, Embedding, Flatten
model = keras.Sequential([keras.Input((5,)), Embedding(10, 4), Flatten(), Dense(10, activation="relu")])
""",
]


CALCULATE = (
    "Dense",
    "LSTM",
    "GRU",
    "SimpleRNN",
    "Bidirectional",
    "Conv1D",
    "BatchNormalization",
    "LayerNormalization",
    "Embedding",
)


@check("MSK004", "embedding-of-floats", Severity.WARNING)
def embedding_of_floats(program: Program) -> Iterator[Finding]:
    for call in program.layer_calls:
        previous = before(call)
        if (
            call.layer.class_name != "Embedding"
            or call.layer.user_class is not None
            or previous is None
            or call.refused is not None
        ):
            continue
        if previous.layer.class_name in CALCULATE and previous.layer.user_class is None:
            yield Finding(
                call.place,
                f"An Embedding looks up whole numbers, but gets what the {previous.layer.class_name} on {line(previous.layer.place)} has calculated, "
                f"cut to integers. Put the Embedding first, on the ids.",
            )
    for use in program.uses:
        first = use.layers[0] if use.method == "fit" and use.layers and use.model.kind == "Sequential" else None
        if first is None or first.class_name != "Embedding" or not isinstance(use.x, Array):
            continue
        scaled = next((a for a in ancestors(use.x) if "scaled_by" in a.facts), None)
        if scaled is not None and use.x.dtype == "float":
            yield Finding(
                use.arguments.place("x") or use.place,
                "These data were scaled, and the Embedding in front of the model cuts them to whole numbers to look them up. "
                "Give an Embedding ids, or begin with a Dense.",
            )
