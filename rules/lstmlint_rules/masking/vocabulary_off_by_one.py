"""The vocabulary is one too small.

What it does: finds `Embedding(len(tokenizer.word_index), ...)`, without `+ 1`.

Why is this bad: the ids of Keras's Tokenizer run from 1 to len(word_index), and 0 is left for padding. The last word
has no row: on a CPU TensorFlow raises when it occurs, on a GPU it reads zeros.

Example:

    model.add(Embedding(len(tokenizer.word_index), 64))

Use instead:

    model.add(Embedding(len(tokenizer.word_index) + 1, 64))

Fix safety: safe: one row more than was there.

References: https://keras.io/api/layers/core_layers/embedding/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lstmlint.dims import Dim
from lstmlint.edits import (
    insert_after,
    safe_fix,
)
from lstmlint.places import Origin
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

BAD = [
    """
import keras
from tensorflow.keras.preprocessing.text import Tokenizer
tokenizer = Tokenizer()
tokenizer.fit_on_texts(["one two three"])
layer = keras.layers.Embedding(len(tokenizer.word_index), 64)
""",
]
GOOD = [
    """
import keras
from tensorflow.keras.preprocessing.text import Tokenizer
tokenizer = Tokenizer()
tokenizer.fit_on_texts(["one two three"])
layer = keras.layers.Embedding(len(tokenizer.word_index) + 1, 64)
""",
    """
import sys
import keras

class Vocabulary:
    def __init__(self, texts):
        self.word_index = {"<pad>": 0, "<oov>": 1}
        for text in texts:
            for word in text.split():
                self.word_index.setdefault(word, len(self.word_index))

tokenizer = Vocabulary(sys.argv)
layer = keras.layers.Embedding(len(tokenizer.word_index), 64)
""",
]


@check("MSK002", "vocabulary-off-by-one", Severity.WARNING)
def vocabulary_off_by_one(program: Program) -> Iterator[Finding]:
    for layer in program.layers:
        if layer.class_name != "Embedding" or layer.user_class is not None or layer.arguments is None:
            continue
        size, place = layer.arguments.get("input_dim"), layer.arguments.place("input_dim")
        if not isinstance(size, Dim) or place is None or not re.fullmatch(r"len\([\w.]+\.word_index\)", str(size)):
            continue
        origin = size.origin
        steps = origin.chain() if origin is not None else ()
        if _is_of_own_dict(steps):
            continue
        made = [o.place for o in steps if o.place is not None]
        yield Finding(
            place,
            f"The Tokenizer's ids run from 1 to {size}, and 0 is for padding, so that the last word has no row here. "
            f"Write {size} + 1.",
            related=tuple(("the size comes from here", p) for p in made[:1] if p.node is not place.node),
            fix=safe_fix("Add 1.", insert_after(place, " + 1")),
        )


def _is_of_own_dict(steps: tuple[Origin, ...]) -> bool:
    """A dict whose values are not a Tokenizer's: who numbers words by himself may begin with 0."""
    labels = [step.label for step in steps]
    return "dict" in labels and "word" not in labels
