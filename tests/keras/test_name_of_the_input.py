"""Layers that get their input as a keyword: Keras 3 takes the name that the layer's own `call` gives it."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import Options, check_source
from tests import oracle

load_pack("lstmlint_rules")

HEAD = "import keras\nfrom keras.layers import *\nx, v, h = keras.Input((5, 3)), keras.Input((3,)), keras.Input((4,))\nimage = keras.Input((8, 8, 3))\n"
CALLS = {
    "LSTM(4)": "x", "GRU(4)": "x", "SimpleRNN(4)": "x", "Bidirectional(LSTM(4))": "x", "RNN(LSTMCell(4))": "x", "TimeDistributed(Dense(2))": "x",
    "Dense(2)": "x", "RMSNormalization()": "x", "LayerNormalization()": "x", "Conv1D(2, 2)": "x", "Dropout(0.1)": "x", "Embedding(5, 2)": "v",
    "Attention()": "[x, x]", "RandomFlip()": "image", "Resizing(4, 4)": "image", "Rescaling(2.0)": "x", "Lambda(lambda t: t + 1)": "x",
    "keras.Sequential([Dense(2)])": "x", "keras.Model(x, Dense(2)(x))": "x", "Add()": "[x, x]", "Softmax()": "x",
}  # fmt: skip


def errors(program: str, keras: int = 3) -> list[str]:
    return [f.code for f in check_source(program, options=Options(keras_major=keras)) if f.severity.value == "error"]


@pytest.mark.keras
@pytest.mark.parametrize("word", ("inputs", "sequences", "x", "query", "data"))
@pytest.mark.parametrize("layer", CALLS)
def test_keras_agrees(layer: str, word: str) -> None:
    program = f"{HEAD}y = {layer}({word}={CALLS[layer]})\n"
    assert errors(program) == (["API025"] if oracle.ask(program).raised else [])


@pytest.mark.keras
def test_states_beside_it() -> None:
    program = HEAD + "y = GRU(4)(inputs=x, initial_state=h)\n"
    assert errors(program) == ["API025"]
    assert oracle.ask(program).raised == "TypeError"
    assert errors(program, keras=2) == []
    [finding] = check_source(program)
    assert "`sequences`" in finding.message
    assert "`inputs`" in finding.message
