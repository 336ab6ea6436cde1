"""An initializer of the user's is called with the weight's shape and `dtype`, when the weight is made."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source
from tests import oracle

load_pack("lstmlint_rules")

HEAD = """
import keras
import numpy as np
from keras.layers import LSTM, RNN, BatchNormalization, Dense, Embedding, Layer, LSTMCell
x = keras.Input((5, 3))
def small(shape, name=None):
    return np.zeros(shape)
def typed(shape, dtype=None):
    return np.zeros(shape)
class Small(keras.initializers.Initializer):
    def __call__(self, shape):
        return np.zeros(shape)
class Own(Layer):
    def __init__(self, initializer):
        super().__init__()
        self.initializer = initializer
    def build(self, shape):
        self.scale = self.add_weight(shape=(3,), initializer=self.initializer)
    def call(self, x):
        return x * self.scale
class Child(Dense):
    pass
"""
WRONG = [
    "Dense(1, kernel_initializer=small)(x)",
    "Dense(1, bias_initializer=lambda shape: np.zeros(shape))(x)",
    "Dense(1, bias_initializer=Small())(x)",
    "Child(1, bias_initializer=small)(x)",
    "LSTM(2, recurrent_initializer=small)(x)",
    "RNN(LSTMCell(2, bias_initializer=small))(x)",
    "BatchNormalization(gamma_initializer=small)(x)",
    "Embedding(9, 2, embeddings_initializer=small)(keras.Input((5,)))",
    "Own(small)(x)",
    "keras.Sequential([x, Dense(1, bias_initializer=small)])",
]
RIGHT = [
    "Dense(1, kernel_initializer=typed)(x)",
    "Dense(1, kernel_initializer=lambda shape, **options: np.zeros(shape))(x)",
    "Dense(1, kernel_initializer=small)",
    "Dense(1, use_bias=False, bias_initializer=small)(x)",
    "BatchNormalization(scale=False, gamma_initializer=small)(x)",
    "Dense(1, kernel_initializer=np.zeros)(x)",
    "Own(typed)(x)",
]


def told(text: str) -> list[str]:
    return [f.message for f in check_source(f"{HEAD}{text}\n") if f.severity.value == "error"]


@pytest.mark.keras
@pytest.mark.parametrize("text", WRONG)
def test_one_without_dtype_is_refused(text: str) -> None:
    assert oracle.ask(f"{HEAD}{text}\n").raised == "TypeError"
    assert ["unexpected keyword argument 'dtype'" in message for message in told(text)] == [True]


@pytest.mark.keras
@pytest.mark.parametrize("text", RIGHT)
def test_one_that_is_called_right_or_not_at_all_is_not(text: str) -> None:
    assert oracle.ask(f"{HEAD}{text}\n").raised is None
    assert told(text) == []
