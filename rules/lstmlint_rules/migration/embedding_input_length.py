"""`input_length=` in an Embedding.

What it does: finds the argument that older versions used to build the model.

Why is this bad: Keras 3 ignores it with a warning, its first releases raised. It no longer tells the model the shape
of its input, so that the summary shows question marks.

Example:

    model.add(Embedding(1000, 64, input_length=100))

Use instead:

    model.add(Input((100,)))
    model.add(Embedding(1000, 64))

Fix safety: safe: the argument has no effect.

References: https://keras.io/api/layers/core_layers/embedding/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.edits import (
    remove_keyword,
    safe_fix,
)
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import BoundArgument, LayerObject

from ..versions import keras3

BAD = [
    """
import keras
from keras.layers import Embedding
layer = Embedding(1000, 64, input_length=100)
""",
]
GOOD = [
    """
import keras
from keras.layers import Embedding
layer = Embedding(1000, 64)
""",
    """
from tensorflow.python.keras.layers import Embedding
layer = Embedding(1000, 64, input_length=100)
""",
]


PRIVATE = "tensorflow.python.keras.layers"
"""TensorFlow's own old copy, whose Embedding still reads the length."""


@check("MIG010", "embedding-input-length", Severity.WARNING)
def embedding_input_length(program: Program) -> Iterator[Finding]:
    if not keras3(program) or any(item.spelled.startswith(PRIVATE) for item in program.imports):
        return
    for layer in program.layers:
        if layer.class_name != "Embedding" or layer.user_class is not None or layer.arguments is None:
            continue
        given = layer.arguments.argument("input_length")
        if given is None or not given.explicit:
            continue
        yield Finding(
            keyword_place(layer.place, given.place),
            f"Keras 3 ignores `input_length`: the length is that of the Embedding's input. Leave it out{_input(program, layer, given)}.",
            fix=safe_fix("Leave `input_length` out.", remove_keyword(layer.place, "input_length")),
        )


def _input(program: Program, layer: LayerObject, given: BoundArgument) -> str:
    """What to add where the Embedding begins a Sequential and told it the input's shape."""
    if not any(m.model.kind == "Sequential" and m.model.layers[:1] == [layer] for m in program.models):
        return ""
    text = given.place.text if given.place is not None and "\n" not in given.place.text else "length"
    return f", and put Input(({text},)) in front, so that the model still knows its shape when it is made"


def keyword_place(call: Place | None, value: Place | None) -> Place:
    """Where the keyword stands, or its value, or the call."""
    place = value or call
    assert place is not None
    return place
