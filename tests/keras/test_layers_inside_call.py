"""Layers within a layer's own `call`: there they calculate with TensorFlow's tensors, whose sizes are not always those that Keras states outside."""

from __future__ import annotations

import pytest

from lstmlint.interpret import follow
from lstmlint.keras.tensors import leaves
from lstmlint.source import Source
from lstmlint.syntax import parse
from lstmlint.values import Tensor
from tests import oracle

pytestmark = pytest.mark.keras

FLAT = [(6,)]
ROWS = [(7, 6), (None, 6)]
IMAGES = [(7, 8, 3), (None, None, 3)]
VOLUMES = [(7, 8, 5, 3), (None, None, None, 3)]
LAYERS: dict[str, list[tuple[int | None, ...]]] = {
    "Dense(5)(x)": FLAT + ROWS,
    "EinsumDense('abc,cd->abd', output_shape=(None, 5))(x)": ROWS,
    "EinsumDense('...c,cd->...d', output_shape=5)(x)": ROWS,
    "EinsumDense('abc,cde->abde', output_shape=(None, 5, 2), bias_axes='de')(x)": ROWS,
    "Reshape((-1, 2))(x)": FLAT + ROWS,
    "Flatten()(x)": FLAT + ROWS,
    "Permute((2, 1))(x)": ROWS,
    "RepeatVector(4)(x)": FLAT,
    "LSTM(5)(x)": ROWS,
    "LSTM(5, return_sequences=True)(x)": ROWS,
    "LSTM(4, return_state=True)(x)": ROWS,
    "GRU(4, return_sequences=True, go_backwards=True, return_state=True)(x)": ROWS,
    "SimpleRNN(5, return_sequences=True)(x)": ROWS,
    "RNN(layers.StackedRNNCells([layers.LSTMCell(4), layers.GRUCell(3)]), return_sequences=True)(x)": ROWS,
    "Bidirectional(layers.LSTM(5, return_sequences=True))(x)": ROWS,
    "Bidirectional(layers.GRU(4, return_state=True))(x)": ROWS,
    "TimeDistributed(layers.Dense(5))(x)": ROWS,
    "ConvLSTM2D(2, 3, return_sequences=True)(x)": [(3, 6, 6, 2), (None, 6, 6, 2)],
    "Conv1D(4, 3)(x)": ROWS,
    "Conv1D(4, 3, padding='causal', dilation_rate=2)(x)": ROWS,
    "Conv1D(4, 3, strides=2, padding='same')(x)": ROWS,
    "Conv1DTranspose(4, 3, strides=2)(x)": ROWS,
    "Conv2D(4, 3)(x)": IMAGES,
    "Conv2DTranspose(4, 3, strides=2, padding='same')(x)": IMAGES,
    "Conv3DTranspose(4, 3, strides=2)(x)": VOLUMES,
    "SeparableConv2D(4, 3)(x)": IMAGES,
    "DepthwiseConv1D(3)(x)": ROWS,
    "MaxPooling1D(2, padding='same')(x)": ROWS,
    "AveragePooling2D(2)(x)": IMAGES,
    "GlobalAveragePooling1D(keepdims=True)(x)": ROWS,
    "GlobalMaxPooling2D()(x)": IMAGES,
    "UpSampling1D(2)(x)": ROWS,
    "UpSampling2D(2)(x)": IMAGES,
    "UpSampling3D(2)(x)": VOLUMES,
    "ZeroPadding2D(2)(x)": IMAGES,
    "Cropping2D(((1, 0), (0, 2)))(x)": IMAGES,
    "BatchNormalization()(x)": ROWS,
    "SpectralNormalization(layers.Dense(4))(x)": ROWS,
    "SpatialDropout1D(0.5)(x)": ROWS,
    "PReLU(shared_axes=[1])(x)": ROWS,
    "Masking()(x)": ROWS,
    "Lambda(lambda t: t[:, -1])(x)": ROWS,
    "Resizing(4, 5)(x)": IMAGES,
    "CenterCrop(4, 5)(x)": IMAGES,
    "RandomRotation(0.1)(x)": IMAGES,
    "Discretization([0.0, 1.0])(x)": [(3,), (None,)],
    "MultiHeadAttention(2, 3)(x, x)": ROWS,
    "Attention()([x, x])": ROWS,
    "Add()([x, x])": ROWS,
    "Concatenate(1)([x, x])": ROWS,
    "Dot(2)([x, x])": ROWS,
}

PROGRAM = """
import keras
from keras import layers

class Outer(layers.Layer):
    def __init__(self):
        super().__init__()
        self.inner = layers.{made}

    def call(self, x):
        return self.inner{called}

x = keras.Input({shape!r})
model = keras.Model(x, Outer()(x))
"""


def _split(layer: str) -> tuple[str, str]:
    """`Dense(5)(x)` as `Dense(5)` and `(x)`."""
    at = layer.rindex("(x") if not layer.endswith("([x, x])") else layer.rindex("([x")
    return layer[:at], layer[at:]


@pytest.mark.parametrize("layer", LAYERS)
def test_the_output_has_the_sizes_that_keras_sees_there(layer: str) -> None:
    made, called = _split(layer)
    for shape in LAYERS[layer]:
        program = PROGRAM.format(made=made, called=called, shape=shape)
        answer = oracle.ask(program)
        assert answer.raised is None, (shape, answer.message)
        (model,) = follow(parse(Source("model.py", program))).models
        found = [leaf.shape.dims or () for leaf in leaves(model.model.outputs) if isinstance(leaf, Tensor)]
        ours = [[None if d.is_none else d.exact for d in dims] for dims in found]
        assert ours == [list(dims) for dims in answer.models["model"]["output_shapes"]], shape
