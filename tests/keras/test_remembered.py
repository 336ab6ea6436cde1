"""What a layer remembers of its constructor: each attribute is what the installed Keras has there, or not known."""

from __future__ import annotations

import pytest

from lstmlint.interpret import follow
from lstmlint.keras.remembered import KEPT
from lstmlint.source import Source
from lstmlint.syntax import parse
from lstmlint.values import ListValue, Unknown

pytestmark = pytest.mark.keras

MADE = (
    "LSTM(7)", "GRU(3, return_sequences=True, dropout=0.1)", "SimpleRNN(2, go_backwards=True)", "LSTMCell(5)", "RNN(LSTMCell(5), return_state=True)",
    "ConvLSTM2D(4, 3, strides=2)", "Bidirectional(LSTM(3))", "TimeDistributed(Dense(3))", "Dense(3)", "Dense(units=4, use_bias=False)", "Embedding(10, 4)",
    "Embedding(10, 4, mask_zero=True)", "Conv1D(4, 3)", "Conv2D(2, (2, 3), strides=2, groups=2)", "Conv2D(2, [2, 3])", "Conv3D(2, 2, data_format='channels_first')",
    "Conv2DTranspose(3, 2, dilation_rate=2)", "Conv1DTranspose(3, 2)", "DepthwiseConv2D(3, depth_multiplier=2)", "SeparableConv1D(4, 3)", "SeparableConv2D(4, (3, 2))",
    "MaxPooling1D(2)", "MaxPooling2D((2, 3))", "AveragePooling2D(2, strides=1)", "MaxPooling3D()", "GlobalMaxPooling1D(keepdims=True)", "Dropout(0.3)",
    "SpatialDropout1D(0.2)", "GaussianNoise(0.1)", "MultiHeadAttention(2, 3, dropout=0.2)", "GroupQueryAttention(3, 4, 2)", "RepeatVector(4)", "Masking(2.0)",
    "BatchNormalization(momentum=0.9)", "LayerNormalization(epsilon=1e-6)", "GroupNormalization(4)", "UpSampling2D(2)", "ZeroPadding2D(1)", "Resizing(3, 4)",
    "CategoryEncoding(num_tokens=4)", "Attention()", "Flatten()", "Softmax()", "Activation('relu')", "Reshape((3, 2))", "Rescaling(0.5)",
)  # fmt: skip


@pytest.mark.parametrize("made", MADE)
def test_an_attribute_is_what_keras_has_there(made: str) -> None:
    import keras

    theirs = eval(made, dict(vars(keras.layers)))
    names = sorted(KEPT)
    asked = "".join(f"{name}_ = layer.{name}\nhas_{name} = hasattr(layer, '{name}')\n" for name in names)
    text = f"from keras.layers import *\nlayer = {made}\n{asked}"
    ours = follow(parse(Source("model.py", text))).ways[0].names
    for name in names:
        value, there = ours[f"{name}_"], ours[f"has_{name}"]
        assert not isinstance(value, ListValue)
        if not isinstance(value, Unknown):
            assert value == getattr(theirs, name), name
        if not isinstance(there, Unknown):
            assert there is hasattr(theirs, name), name


def test_sizes_and_windows_are_known() -> None:
    text = """
from keras.layers import *
class Wide(LSTM):
    def __init__(self, units):
        super().__init__(units * 2)
class Own(Layer):
    def __init__(self, units):
        super().__init__()
        self.units, self.inner = units, Dense(units + 1)
a = LSTM(7).units; b = Conv2D(3, 5).kernel_size; c = Wide(4).units; d = Own(5).units; e = Own(5).inner.units; f = MaxPooling1D(3).strides
"""
    names = follow(parse(Source("model.py", text))).ways[0].names
    assert [names[n] for n in "abcdef"] == [7, (5, 5), 8, 5, 6, (3,)]
