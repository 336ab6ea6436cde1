"""A Softmax layer behind a mask: an error where Keras raises once data flow, whichever axis it works along."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import Options, check_source
from tests import oracle

load_pack("lstmlint_rules")

HEAD = """
import keras
import numpy as np
from keras.layers import *
"""
PROGRAM = (
    HEAD
    + """
model = keras.Sequential([keras.Input({shape}), {layers}])
model.predict(np.ones((3, *{shape})), verbose=0)
"""
)
BEFORE = {
    "Embedding(5, 3, mask_zero=True)": ((7,), (3,), (4,)),
    "Embedding(5, 3, mask_zero=True), LSTM(4, return_sequences=True), Dropout(0.5), Dense(1)": ((7,),),
    "Embedding(5, 3, mask_zero=True), Bidirectional(LSTM(4, return_sequences=True))": ((7,),),
    "Embedding(5, 3, mask_zero=True), LSTM(4)": ((7,),),
    "Embedding(5, 3), Dense(4)": ((7,),),
    "Embedding(5, 3, mask_zero=True), Conv1D(4, 3)": ((7,),),
    "Embedding(5, 3, mask_zero=True), GlobalAveragePooling1D()": ((7,),),
    "Embedding(5, 3, mask_zero=True), Lambda(lambda x: x[:, 0])": ((7,),),
    "Embedding(5, 3, mask_zero=True), Flatten()": ((7,),),
    "Masking(), Dense(2)": ((7, 4), (7, 6, 4)),
    "Masking(), TimeDistributed(Flatten())": ((7, 6, 4),),
    "TimeDistributed(Masking()), TimeDistributed(Dense(2))": ((7, 6, 4),),
}
OPEN = """
model = keras.Sequential([keras.Input({open}), {layers}, Softmax()])
model.predict(np.ones((3, *{shape})), verbose=0)
"""
AFTER = ("Softmax()", "Softmax(axis=1)", "Activation('softmax')", "Dense(6, activation='softmax')")


@pytest.mark.keras
@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("after", AFTER)
def test_keras_agrees(before: str, after: str) -> None:
    for shape in BEFORE[before]:
        program = PROGRAM.format(shape=shape, layers=f"{before}, {after}")
        errors = [f.code for f in check_source(program) if f.severity.value == "error"]
        raised = bool(oracle.ask(program).raised)
        if "TimeDistributed(Flatten" in before or shape[:1] == (3,):  # a mask of frames, or as many steps as features
            assert raised or not errors, program
        else:
            assert errors == (["MSK014"] if raised else []), program


@pytest.mark.keras
@pytest.mark.parametrize("steps", [1, 3, 4, 7])
def test_open_steps_become_those_of_the_data(steps: int) -> None:
    for layers, of in (("Embedding(5, 4, mask_zero=True)", ()), ("Masking(), LSTM(4, return_sequences=True)", (2,))):
        program = HEAD + OPEN.format(open=(None, *of), layers=layers, shape=(steps, *of))
        errors = [f.code for f in check_source(program) if f.severity.value == "error"]
        raised = oracle.ask(program).raised
        assert errors == (["MSK014"] if raised and steps not in (1, 4) else []), program


@pytest.mark.keras
@pytest.mark.parametrize(
    "lines",
    [
        "x = Embedding(9, 4, mask_zero=True)(np.ones((2, 7)))\nSoftmax(axis=1)(Dense(1)(x))",
        "i = keras.Input((7,)); x = Embedding(9, 4, mask_zero=True)(i)\nSoftmax(axis=1)(x)",
        "i = keras.Input((7,)); x = Embedding(9, 4, mask_zero=True)(i)\nkeras.Model(i, Softmax(axis=1)(x, mask=None))(np.ones((2, 7)))",
        "i = keras.Input((7,)); x = Embedding(9, 4, mask_zero=True)(i)\n"
        "keras.Model(i, Softmax(axis=1)(Attention()([x, x]))).predict(np.ones((2, 7)), verbose=0)",
        "i = keras.Input((7,)); x = Embedding(9, 4, mask_zero=True)(i)\n"
        "keras.Model(i, Softmax(axis=1)(Multiply()([x, Dense(4)(x)]))).predict(np.ones((2, 7)), verbose=0)",
        "i, j = keras.Input((3,)), keras.Input((4,)); e = Embedding(9, 7, mask_zero=True)\n"
        "keras.Model([i, j], Softmax()(Concatenate(axis=1)([e(i), e(j)]))).predict([np.ones((2, 3)), np.ones((2, 4))], verbose=0)",
        "i, j = keras.Input((3,)), keras.Input((4,)); e = Embedding(9, 3, mask_zero=True)\n"
        "keras.Model([i, j], Softmax()(Attention()([e(i), e(j)]))).predict([np.ones((2, 3)), np.ones((2, 4))], verbose=0)",
        "class Weights(Layer):\n    def __init__(self):\n        super().__init__()\n        self.score, self.softmax = Dense(1), Softmax(axis=1)\n"
        "    def call(self, x):\n        return self.softmax(self.score(x))\n"
        "i = keras.Input((7,)); x = Embedding(9, 4, mask_zero=True)(i)\nkeras.Model(i, Weights()(Lambda(lambda x: x + 1)(x))).predict(np.ones((2, 7)), verbose=0)",
    ],
)
def test_nothing_is_claimed_that_keras_does(lines: str) -> None:
    errors = [f.code for f in check_source(HEAD + lines + "\n") if f.severity.value == "error"]
    assert not errors or oracle.ask(HEAD + lines + "\n").raised, errors


def test_where_no_data_flow_it_is_a_warning_and_nothing_is_said_for_keras_2() -> None:
    program = PROGRAM.format(shape="(7,)", layers="Embedding(5, 3, mask_zero=True), Softmax()")
    assert [(f.code, f.severity.value) for f in check_source(program.replace("model.predict", "print"))] == [
        ("MSK014", "warning")
    ]
    open_steps = PROGRAM.format(shape="(None,)", layers="Embedding(5, 3, mask_zero=True), Softmax()").replace(
        "np.ones((3, *(None,)))", "open('x').data"
    )
    assert [(f.code, f.severity.value) for f in check_source(open_steps)] == [("MSK014", "warning")]
    assert not check_source(program, options=Options(keras_major=2))
