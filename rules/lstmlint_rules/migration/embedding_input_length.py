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
from lstmlint.values import (
    to_dim,
)

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
]


@check("MIG010", "embedding-input-length", Severity.WARNING)
def embedding_input_length(program: Program) -> Iterator[Finding]:
    if not keras3(program):
        return
    for layer in program.layers:
        if layer.class_name != "Embedding" or layer.user_class is not None or layer.arguments is None:
            continue
        given = layer.arguments.argument("input_length")
        if given is None or not given.explicit:
            continue
        yield Finding(
            keyword_place(layer.place, given.place),
            f"Keras 3 ignores `input_length`, and the Embedding no longer tells the model its input's shape. Leave it out, and put "
            f"Input(({to_dim(given.value) if to_dim(given.value).exact is not None else 'length'},)) in front.",
            fix=safe_fix("Leave `input_length` out.", remove_keyword(layer.place, "input_length")),
        )


def keyword_place(call: Place | None, value: Place | None) -> Place:
    """Where the keyword stands, or its value, or the call."""
    place = value or call
    assert place is not None
    return place
