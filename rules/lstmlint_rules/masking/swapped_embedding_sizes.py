"""The two sizes of an Embedding are exchanged.

What it does: finds Embeddings whose second argument is named like a vocabulary, and whose first one isn't, unless the first
one is known to be no less.

Why is this bad: `input_dim` is the number of different ids, `output_dim` the length of the vector that each gets.
Exchanged, the table has few rows of huge vectors, and most ids have none.

Example:

    Embedding(embedding_dim, vocab_size)

Use instead:

    Embedding(vocab_size, embedding_dim)

References: https://keras.io/api/layers/core_layers/embedding/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lstmlint.dims import less
from lstmlint.patterns import pattern
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import to_dim

from ..evidence import (
    label,
    origin_of,
)

BAD = [
    """
import keras
from keras.layers import Embedding
vocab_size = 20000
layer = Embedding(64, vocab_size)
""",
]
GOOD = [
    """
import keras
from keras.layers import Embedding
vocab_size = 20000
layer = Embedding(vocab_size, 64)
""",
    """
import keras
from keras.layers import Embedding
def layer(text, size):
    vocab_size = len(set(text))
    embedding_dim = vocab_size
    one_hot = Embedding(vocab_size + 1, vocab_size)
    return Embedding(size, embedding_dim)
""",
    """
import keras
from keras.layers import Embedding
def positions(length, embed_dim):
    return Embedding(length, embed_dim)
def of_one_hot(words, length):
    num_words = len(words)
    return positions(length, num_words)
""",
]


VOCABULARY = pattern(
    r"^(n_?|num_?|nb_?|max_?)?(vocab(ulary)?(_?size|_?len(gth)?)?|words|tokens|num_words|max_words)$", re.I
)

VECTOR = pattern(r"(^|_)(emb(ed(ding)?)?|dims?|units|features|hidden)(_|$)", re.I)


def named(value: Any) -> bool:
    """Is the size named like a vocabulary, and not, nearer to the layer, like the length of a vector?"""
    origin = origin_of(value)
    for step in origin.chain() if origin is not None else ():
        name = step.label.rpartition(".")[2]
        if VOCABULARY.match(name) or "word_index" in name:
            return True
        if VECTOR.search(name):
            return False
    return False


def holds(first: Any, second: Any) -> bool:
    """Are there surely rows enough for as many ids as the second size says?"""
    rows, ids = to_dim(first).exact, to_dim(second).exact
    return rows is not None and ids is not None and less(rows, ids) is False


@check("MSK003", "swapped-embedding-sizes", Severity.WARNING)
def swapped_embedding_sizes(program: Program) -> Iterator[Finding]:
    for layer in program.layers:
        if layer.class_name != "Embedding" or layer.user_class is not None or layer.arguments is None:
            continue
        first, second = layer.arguments.get("input_dim"), layer.arguments.get("output_dim")
        place = layer.arguments.place("output_dim")
        if place is not None and VECTOR.search(place.text.rpartition(".")[2]):
            continue  # a parameter's name, whatever it is given
        if named(second) and not named(first) and not holds(first, second):
            yield Finding(
                place or layer.place or layer.calls[0].place,
                f"An Embedding has input_dim, the number of different ids, and output_dim, the length of each vector. By its name {label(second)} "
                f"is the number of ids, so the two are exchanged.",
            )
