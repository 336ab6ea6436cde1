"""A layer that looks words up is called on data before it knows any; a dataset's `map` only traces it."""

from __future__ import annotations

import pytest

from lstmlint.runner import check_source
from tests import oracle

pytestmark = pytest.mark.keras

BEGINNING = """
import keras, numpy as np, tensorflow as tf
from keras.layers import *
texts = tf.constant(["a b", "b"])
data = tf.data.Dataset.from_tensor_slices(["a", "b"])
def learn(layer):
    layer.adapt(["a", "b"])
"""
USES = """
TextVectorization()(texts)
StringLookup()(texts)
IntegerLookup()(np.array([1, 2]))
words = TextVectorization(); words.adapt(["a b"]); words(texts)
words = TextVectorization(); learn(words); words(texts)
words = TextVectorization(vocabulary=["a"]); words(texts)
words = StringLookup(); words.set_vocabulary(["a"]); words(texts)
words = StringLookup(); mapped = data.map(words); learn(words)
words = StringLookup(); mapped = data.map(lambda t: words(t))
ids = TextVectorization()(keras.Input((1,), dtype="string"))
""".strip().splitlines()


@pytest.mark.parametrize("line", USES)
def test_keras_agrees(line: str) -> None:
    theirs = oracle.ask(BEGINNING + line + "\n")
    found = check_source(BEGINNING + line + "\n")
    assert any(f.severity.value == "error" for f in found) == (theirs.raised is not None), theirs.message
