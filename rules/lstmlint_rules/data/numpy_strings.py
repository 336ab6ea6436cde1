"""Texts are given to a model as NumPy's strings.

What it does: finds NumPy arrays of strings (`np.array(texts)`) that fit, evaluate or predict get as input.

Why is this bad: Keras 3 knows no number type for NumPy's strings and raises "Invalid dtype: str", also where the model
begins with TextVectorization or StringLookup. A tensor of strings, or an array of Python objects, it takes.

Example:

    model.fit(np.array(texts), labels)

Use instead:

    model.fit(tf.constant(texts), labels)

References: https://keras.io/api/layers/preprocessing_layers/text/text_vectorization/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim

_HEAD = """
import keras
import numpy as np
import tensorflow as tf
from keras.layers import Dense, Embedding, LSTM, TextVectorization
texts = ["the cat sat", "the dog ate", "a bird"]
words = TextVectorization(max_tokens=100, output_sequence_length=10)
words.adapt(tf.constant(texts))
model = keras.Sequential([words, Embedding(100, 16), LSTM(8), Dense(1)])
model.compile("adam", "mse")
"""
BAD = [
    _HEAD + "model.fit(np.array(texts), np.zeros((3, 1)), verbose=0)\n",
    _HEAD + "model.predict(np.array(texts).reshape(-1, 1), verbose=0)\n",
]
GOOD = [
    _HEAD + "model.fit(tf.constant(texts), np.zeros((3, 1)), verbose=0)\n",
    _HEAD + "model.fit(np.array(texts, dtype=object), np.zeros((3, 1)), verbose=0)\n",
]


@claim("DAT029", "numpy-strings", Severity.ERROR, kinds=("numpy-strings",), specificity=0)
def numpy_strings(fault: Fault, program: Program) -> Finding | None:
    array = fault.details["array"]
    place = fault.blamed[0] if fault.blamed else fault.place
    return Finding(
        place,
        "This is a NumPy array of strings, which Keras 3 has no type for and refuses, even where the model takes text. Make a tensor of it with "
        "tf.constant(texts), or an array of objects with astype(object).",
        related=(("the array is made here", array.place),) if array.place is not None else (),
        key=fault.place.node,
    )
