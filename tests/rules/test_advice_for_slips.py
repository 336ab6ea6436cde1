"""What people are told who have made one of the usual slips names the slip."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source

from .. import oracle

load_pack("lstmlint_rules")

HEAD = """
import keras
import numpy as np
from keras.layers import *
X, y = np.zeros((40, 8, 1)), np.zeros((40, 1))
rows, labels = np.zeros((40, 6, 5)), np.eye(3)[np.arange(40) % 3]
def compiled(*layers, loss="mse"):
    model = keras.Sequential(list(layers))
    model.compile("sgd", loss)
    return model
"""
SLIPS = [
    ("compiled(Dense(2, input_shape=labels.shape)).predict(labels)", "DAT002", "Write labels.shape[1:]."),
    ("compiled(Flatten(input_shape=rows.shape), Dense(1)).fit(rows[:20], y[:20])", "DAT004", "Write rows.shape[1:]."),
    ("compiled(Input((32, 6, 5)), Flatten(), Dense(1)).fit(rows, y)", "DAT004", "if 32 is the batch, leave it out, (6, 5)"),
    ("compiled(Input((32, 8, 1)), Conv1D(2, 2))", "SHP019", "If it is the batch, leave it out of the input shape."),
    ("compiled(Input((8, 1)), Conv1D(2, 2)).predict(X[0])", "DAT005", "It is one sample: put a batch axis in front"),
    ("Dense(unit=3)", "API025", "`unit` is not what it is called. Write units=..."),
    ("Dense(activation='relu')", "API025", "Add units=... to the call."),
    ("compiled(Input((28, 28, 1)), Conv2D(4, 3, data_format='channels_first'))", "SHP007", "leave it out where the channels are last"),
    ("compiled(Input((6, 5)), Dense(3, activation='softmax'), loss='categorical_crossentropy').fit(rows, labels)", "OUT010", "applied to each of 6"),
    ("compiled(Input((3, 1)), Flatten(), Dense(1)).layers[0].set_weights([np.zeros(3)])", "API026", "has no weights"),
    ("Concatenate()([LSTM(4, return_sequences=True)(Input((6, 5))), Input((3,)), Input((2,))])", "SHP027", "of the same rank"),
]  # fmt: skip
LOADED = """
import keras
{} = keras.datasets.mnist.load_data()
model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten(), keras.layers.Dense(10, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit({}, verbose=0)
"""


@pytest.mark.keras
@pytest.mark.parametrize("slip, code, words", SLIPS)
def test_a_slip_is_named(slip: str, code: str, words: str) -> None:
    found = [f for f in check_source(HEAD + slip + "\n") if f.severity.value == "error"]
    assert [f.code for f in found] == [code]
    assert words in found[0].message
    assert "can be joined" not in found[0].message
    assert oracle.ask(HEAD + slip + "\n").raised is not None


@pytest.mark.parametrize(
    "names, given, words",
    [
        ("(x_train, x_test), (y_train, y_test)", "x_train, y_train", "write (x_train, y_train), (x_test, y_test) = load_data()."),
        ("(x_train, y_train), (x_test, y_test)", "x_train, y_test", "Give the training part of both."),
        ("(x_train, y_train), (x_test, y_test)", "x_train / 255.0, y_train[1:]", "cut the longer one"),
    ],
)  # fmt: skip
def test_parts_of_a_data_set(names: str, given: str, words: str) -> None:
    found = [f for f in check_source(LOADED.format(names, given)) if f.severity.value == "error"]
    assert [f.code for f in found] == ["DAT006"]
    assert words in found[0].message
    right = LOADED.format("(x_train, y_train), (x_test, y_test)", "x_train, y_train")
    assert [f for f in check_source(right) if f.severity.value != "info"] == []
