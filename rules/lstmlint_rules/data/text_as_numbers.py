"""Strings or Python objects where a model wants numbers.

What it does: finds arrays of strings or of dtype object in fit, evaluate and predict.

Why is this bad: a model computes with numbers, and Keras has none for a string: it raises with the first batch.

Example:

    model.fit(X, np.array(["cat", "dog"]))

Use instead:

    model.fit(X, LabelEncoder().fit_transform(["cat", "dog"]))

References: https://keras.io/api/models/model_training_apis/
"""

from __future__ import annotations

from typing import Any

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import ModelObject

from ..provenance import uneven
from ..training import origin, subject

BAD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("adam", "mse")
y = np.array(["a", "b"])
model.fit(np.zeros((2, 4)), y)
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import LSTM, Dense
model = keras.Sequential([keras.Input((4,)), Dense(1)])
model.compile("adam", "mse")
y = np.array([0, 1])
model.fit(np.zeros((2, 4)), y, verbose=0)
""",
]


@claim("DAT011", "text-as-numbers", Severity.ERROR, kinds=("not-numbers",), specificity=0)
def text_as_numbers(fault: Fault, program: Program) -> Finding | None:
    array = fault.details["array"]
    argument = fault.details["argument"]
    if uneven(array):
        even = "Its rows are of different lengths: make them even with pad_sequences("
        advice = (
            f"{even}...), and let the Embedding skip what was padded: mask_zero=True"
            if _reads_ids(fault.subject)
            else f'{even}..., dtype="float32"), and let a Masking layer skip what was padded'
        )
    elif fault.got.startswith("text in "):
        advice = "Encode the text first, for instance with pandas.get_dummies, or leave it out"
    elif argument == "y":
        advice = "Encode the labels, for instance with sklearn.preprocessing.LabelEncoder"
    else:
        advice = "Convert it with astype('float32'), and encode text first"
    whose = subject(fault, argument, array)
    return Finding(
        fault.place,
        f"{whose} {'hold' if whose == 'The targets' else 'holds'} {fault.got}, and the model computes with numbers. {advice}.",
        related=origin(array),
        key=fault.place.node,
    )


def _reads_ids(model: Any) -> bool:
    """Does a model begin with an Embedding?"""
    return isinstance(model, ModelObject) and any(
        layer.class_name == "Embedding" for layer in model.layers[:2] if layer.user_class is None
    )
