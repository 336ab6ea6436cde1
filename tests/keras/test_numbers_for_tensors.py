"""Plain numbers where a layer takes tensors: what the installed Keras refuses as no tensor, we refuse, and nothing else."""

from __future__ import annotations

import pytest

from lstmlint.runner import Options, check_source
from tests import oracle

LAYERS = (
    "Embedding(9, 4)", "Masking()", "LayerNormalization()", "Normalization()", "CenterCrop(2, 2)", "CategoryEncoding(4, output_mode='one_hot')",
    "Discretization(bin_boundaries=[0.0, 1.0])", "Hashing(3)", "IntegerLookup(vocabulary=[1, 2])", "StringLookup(vocabulary=['a'])", "RNN(GRUCell(2))",
    "Reshape((-1,))", "EinsumDense('ab,bc->ac', output_shape=8)", "LSTM(2)", "Dense(2)", "PReLU()", "BatchNormalization()", "Dropout(0.1)", "Flatten()",
    "TimeDistributed(Dense(2))", "Bidirectional(LSTM(2))", "Softmax()", "Rescaling(2.0)", "Conv1D(2, 2)", "GlobalMaxPooling1D()", "UpSampling1D(2)",
    "RandomFlip()", "RandomCrop(2, 2)", "RandomZoom(0.1)", "Resizing(2, 2)", "AutoContrast()", "Activation('relu')", "Lambda(lambda t: t)", "Add()",
    "Attention()", "MultiHeadAttention(2, 2)", "keras.Sequential([Dense(2)])", "keras.Model(a, Dense(2)(a))", "LSTMCell(2)", "GaussianNoise(0.1)",
    "SpectralNormalization(Dense(2))", "ConvLSTM1D(2, 2)",
)  # fmt: skip
GIVEN = (
    "3",
    "1.5",
    "True",
    "[1.0, 2.0]",
    "[[1, 2]]",
    "(1, 2)",
    "[a, 2]",
    "np.ones((2, 3))",
    "np.float32(2)",
    "a.shape[1]",
)
HEAD = "import keras\nimport numpy as np\nfrom keras.layers import *\na = keras.Input((3,))\n"


@pytest.mark.keras
@pytest.mark.parametrize("given", GIVEN)
def test_keras_agrees(given: str) -> None:
    for made in LAYERS:
        program = f"{HEAD}y = {made}({given})\n"
        told = [f for f in check_source(program) if f.code == "API036"]
        answer = oracle.ask(program)
        refused = answer.raised is not None and answer.message.startswith("Only input tensors may be passed")
        assert answer.raised is not None or not told, f"{program}{told}"
        assert told or not refused or "[a," in given, f"{program}{answer.message}"


def test_keras_2_makes_tensors_of_numbers() -> None:
    program = f"{HEAD}y = Embedding(9, 4)([1, 2])\n"
    assert [f.code for f in check_source(program) if f.severity.value == "error"] == ["API036"]
    assert not [f for f in check_source(program, options=Options(keras_major=2)) if f.code == "API036"]


def test_a_layer_with_a_call_of_its_own_may_take_numbers() -> None:
    program = f"""{HEAD}
class Scale(Layer):
    def __call__(self, x):
        return x * 2
y = Scale()(3)
"""
    assert not check_source(program)


@pytest.mark.keras
@pytest.mark.parametrize("given", ["tf.shape(x)[1]", "tf.size(x)", "tf.rank(x)", "x[0, 0, 0], tf.shape(x)[1]"])
def test_what_tensorflow_gives_of_a_tensor_is_one(given: str) -> None:
    program = f"""
import keras
import tensorflow as tf
class Twice(keras.layers.Layer):
    def call(self, n, other=None):
        return n * 2
class Scale(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.twice = Twice()
    def call(self, x):
        return x * tf.cast(self.twice({given}), "float32")
y = Scale()(keras.Input((10, 8)))
"""
    assert oracle.ask(program).raised is None
    assert not check_source(program)
