"""Masks with more axes than batch and time in front of a recurrent layer: an error where Keras raises once data flow."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import Options, check_source
from tests import oracle

load_pack("lstmlint_rules")

PROGRAM = """
import keras
import numpy as np
from keras.layers import *
model = keras.Sequential([keras.Input({shape}), {layers}])
model.predict(np.ones((2, *{shape})), verbose=0)
"""
LAYERS = (
    "LSTM(4)",
    "GRU(4, return_sequences=True)",
    "SimpleRNN(4)",
    "Bidirectional(LSTM(4))",
    "LSTM(4, unroll=True)",
    "LSTM(4, return_sequences=True), LSTM(6)",
)
BEFORE = {
    "Masking(), TimeDistributed(Flatten())": ((7, 1, 5), (7, 4, 5), (7, 6, 5), (7, 4, 4, 1), (7, 6, 4, 2), (7, 1, 1, 2)),
    "TimeDistributed(Flatten()), Masking()": ((7, 6, 5), (7, 4, 4, 1)),
    "Embedding(5, 3, mask_zero=True), TimeDistributed(Flatten())": ((7, 6), (7, 4)),
    "Embedding(5, 3, mask_zero=True), TimeDistributed(LSTM(3))": ((7, 6), (7, 4)),
    "Embedding(5, 3, mask_zero=True)": ((7,),),
    "Masking(), Reshape((7, -1))": ((7, 6, 5),),
    "Masking(), Dropout(0.1), TimeDistributed(Dense(2)), TimeDistributed(Flatten())": ((7, 6, 5),),
    "Masking(), TimeDistributed(Flatten()), Masking()": ((7, 6, 5),),
    "Masking(), TimeDistributed(GlobalAveragePooling1D())": ((7, 6, 5),),
}  # fmt: skip


@pytest.mark.keras
@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("layers", LAYERS)
def test_keras_agrees(before: str, layers: str) -> None:
    for shape in BEFORE[before]:
        program = PROGRAM.format(shape=shape, layers=f"{before}, {layers}")
        errors = [f.code for f in check_source(program) if f.severity.value == "error"]
        assert errors == (["MSK013"] if oracle.ask(program).raised else []), program


def findings(units: int, use: str) -> list[tuple[str, str]]:
    program = PROGRAM.format(shape="(7, 6, 5)", layers=f"Masking(), TimeDistributed(Flatten()), LSTM({units})")
    return [(f.code, f.severity.value) for f in check_source(program.replace("model.predict", use))]


def test_where_no_data_flow_or_the_sizes_are_equal_it_is_a_warning() -> None:
    assert findings(8, "model.predict") == [("MSK013", "error")]
    assert findings(6, "model.predict") == [("MSK013", "warning")]
    assert findings(8, "print") == [("MSK013", "warning")]


def test_nothing_is_said_for_keras_2() -> None:
    program = PROGRAM.format(shape="(7, 6, 5)", layers="Masking(), TimeDistributed(Flatten()), LSTM(8)")
    assert not check_source(program, options=Options(keras_major=2))
