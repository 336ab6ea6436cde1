"""The weights that a layer or model lists are Keras's, in Keras's order; those that it shows by name have their shapes."""

from __future__ import annotations

import pytest

from lstmlint.runner import follow_bytes
from lstmlint.values import Array, Value

HEAD = "import keras\nfrom keras.layers import *\nx, image, steps = keras.Input((6,)), keras.Input((8, 9, 3)), keras.Input((5, 4))\n"
LAYERS = {
    "Dense(3)": "x",
    "Dense(3, use_bias=False)": "x",
    "Embedding(7, 2)": "x",
    "BatchNormalization()": "image",
    "BatchNormalization(scale=False, trainable=False)": "image",
    "LayerNormalization()": "image",
    "GroupNormalization(3)": "image",
    "Conv1D(2, 3)": "steps",
    "Conv2D(4, 3)": "image",
    "Conv2DTranspose(4, 3)": "image",
    "DepthwiseConv2D(3)": "image",
    "SeparableConv2D(4, 3)": "image",
    "LSTM(3)": "steps",
    "GRU(3)": "steps",
    "SimpleRNN(3)": "steps",
    "ConvLSTM1D(3, 2)": "keras.Input((5, 6, 2))",
    "Bidirectional(LSTM(3))": "steps",
    "RNN([LSTMCell(3), GRUCell(2)])": "steps",
    "TimeDistributed(Dense(3))": "steps",
    "PReLU()": "image",
    "EinsumDense('abc,cd->abd', (5, 2), bias_axes='d')": "steps",
    "keras.Sequential([Dense(3), BatchNormalization(), Dense(2)])": "x",
}
MODELS = [
    "model = keras.Model(steps, Dense(2)(BatchNormalization()(GRU(3)(LSTM(4, return_sequences=True)(steps)))))",
    "a = Dense(3)\nb = Dense(3)\nmodel = keras.Model(x, Add()([b(x), a(x)]))",
    "model = keras.Sequential([keras.Input((6,)), Dense(3), BatchNormalization(), keras.Sequential([Dense(4), Dense(2)])])",
    "shared = Dense(6)\nmodel = keras.Model(x, Dense(1)(shared(shared(x))))",
]
NAMES = (
    "kernel", "bias", "gamma", "beta", "moving_mean", "moving_variance", "embeddings", "depthwise_kernel", "pointwise_kernel"
)  # fmt: skip


def ours(program: str, shown: str) -> tuple[Value, ...]:
    """What these expressions are at the end of the program."""
    followed = follow_bytes(f"{HEAD}{program}\nimport probe\nprobe.show({shown})\n".encode(), "model.py")
    return next(call.args for call in followed.calls if call.name == "probe.show")


def shape_of(value: object) -> tuple[int | None, ...] | None:
    return tuple(d.known for d in value.shape.dims or ()) if isinstance(value, Array) else None


def listed(program: str) -> list[tuple[int | None, ...] | None]:
    return [shape_of(one) for one in ours(program, "*found")]


def theirs(program: str) -> dict[str, object]:
    import keras

    keras.backend.clear_session()
    names: dict[str, object] = {}
    exec(HEAD + program, names)
    return names


@pytest.mark.keras
@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_lists_its_weights(layer: str) -> None:
    program = f"layer = {layer}\nlayer({LAYERS[layer]})\nfound = layer.get_weights()\n"
    assert listed(program) == [array.shape for array in theirs(program)["found"]]  # type: ignore[attr-defined]


@pytest.mark.keras
@pytest.mark.parametrize("model", MODELS)
def test_a_model_lists_the_weights_of_its_layers(model: str) -> None:
    program = f"{model}\nfound = model.weights\n"
    assert listed(program) == [tuple(v.shape) for v in theirs(program)["found"]]  # type: ignore[attr-defined]


@pytest.mark.keras
@pytest.mark.parametrize("layer", LAYERS)
def test_a_weight_under_its_own_name(layer: str) -> None:
    program = f"layer = {layer}\nlayer({LAYERS[layer]})\n"
    keras_layer = theirs(program)["layer"]
    for name in NAMES:
        shape = shape_of(ours(program, f"layer.{name}")[0])
        assert shape is None or shape == tuple(getattr(keras_layer, name).shape)


def test_a_kernel_has_a_shape() -> None:
    assert shape_of(ours("layer = Dense(3)\nlayer(x)\n", "layer.kernel")[0]) == (6, 3)


@pytest.mark.keras
@pytest.mark.parametrize(
    "question",
    [
        "isinstance(v, tf.Tensor)", "isinstance(v, tf.Variable)", "isinstance(v, keras.Variable)", "tf.is_tensor(v)", "hasattr(v, 'numpy')",
        "hasattr(v, 'get_shape')", "hasattr(v, 'T')",
    ],
)  # fmt: skip
def test_what_a_variable_is(question: str) -> None:
    program = "import tensorflow as tf\nlayer = Dense(3)\nlayer(x)\nv = layer.kernel\n"
    assert ours(program, question)[0] is theirs(f"{program}found = {question}\n")["found"]
