"""Models that programs build: the same source under real Keras and under the interpreter."""

from __future__ import annotations

from typing import Any

import pytest

from lstmlint.interpret import follow
from lstmlint.keras.counting import total_parameters, trainable_parameters
from lstmlint.runner import check_source, follow_bytes
from lstmlint.source import Source
from lstmlint.syntax import parse

PROGRAMS = {
    "sequential list": """
import keras
from keras.layers import *
model = keras.Sequential([Input((10, 64)), LSTM(32, return_sequences=True), Bidirectional(GRU(5)), Dense(2)])
""",
    "sequential add with input_shape": """
import keras
from keras.layers import *
model = keras.Sequential()
model.add(Conv2D(8, 3, input_shape=(28, 28, 1)))
model.add(MaxPooling2D())
model.add(BatchNormalization())
model.add(Flatten())
model.add(Dense(10))
""",
    "embedding's input_dim is no shape": """
import keras
from keras.layers import *
model = keras.Sequential([Input((8,)), Embedding(1000, 16), LSTM(32)])
""",
    "functional with several inputs and outputs": """
import keras
from keras.layers import *
a = Input((12,))
b = Input((7,))
x = Embedding(100, 16, mask_zero=True)(a)
x, h, c = LSTM(7, return_sequences=True, return_state=True)(x)
y = Concatenate()([h, b])
z = TimeDistributed(Dense(3))(x)
model = keras.Model([a, b], [Dense(1)(y), z])
""",
    "a shared layer, operators and slices": """
import keras
from keras.layers import *
x = keras.Input((6, 4))
shared = Dense(4)
h = shared(x) * 2 + shared(x)
model = keras.Model(x, Dense(2)(h[:, -1, :]))
""",
    "a model inside a model, frozen": """
import keras
from keras.layers import *
inner = keras.Sequential([Input((4,)), Dense(5), Dense(6)])
inner.trainable = False
x = keras.Input((4,))
model = keras.Model(x, Dense(1)(inner(x)))
""",
    "a user's layer": """
import keras
from keras.layers import *
class Mine(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units))
        self.b = self.add_weight(shape=(self.units,), trainable=False)
    def call(self, inputs):
        return keras.ops.matmul(inputs, self.w) + self.b
model = keras.Sequential([keras.Input((6,)), Mine(3, name="mine"), Dense(1)])
""",
}

BROKEN = {
    "an LSTM on one that returns only its last step": "keras.Sequential([Input((10, 3)), LSTM(4), LSTM(4)])",
    "outputs that don't come from the inputs": "keras.Model(keras.Input((3,)), Dense(2)(keras.Input((3,))))",
    "an argument that no layer has": "Dense(3, foo=1)",
    "an input shape that is a number": "keras.Input(shape=10)",
    "a layer given to a layer": "Dense(3)(Dense(3))",
    "two layers of one name": "keras.Sequential([Dense(1, name='a'), Dense(2, name='a')])",
    "the inputs of Keras 1": "keras.Model(input=keras.Input((3,)), output=keras.Input((3,)))",
}


def followed(text: str) -> Any:
    return follow(parse(Source("model.py", text)))


def real(text: str) -> dict[str, Any]:
    import keras

    keras.backend.clear_session()
    names: dict[str, Any] = {}
    exec(text, names)
    return names


@pytest.mark.keras
@pytest.mark.parametrize("text", PROGRAMS.values(), ids=PROGRAMS)
def test_layers_shapes_and_parameters_are_those_of_keras(text: str) -> None:
    model = real(text)["model"]
    ours = next(site.model for site in reversed(followed(text).models) if len(site.model.layers) == len(model.layers))
    assert [layer.name for layer in ours.layers] == [layer.name for layer in model.layers]
    assert [total_parameters(layer).known for layer in ours.layers] == [layer.count_params() for layer in model.layers]
    assert trainable_parameters(ours).known == sum(int(w.shape.num_elements()) for w in model.trainable_weights)
    assert not followed(text).faults


@pytest.mark.keras
@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_what_keras_refuses_is_a_fault(text: str) -> None:
    source = f"import keras\nfrom keras.layers import *\n{text}\n"
    with pytest.raises((ValueError, TypeError)):
        real(source)
    assert any(fault.raises for fault in followed(source).faults)


@pytest.mark.parametrize(("major", "complete"), [(2, False), (3, True)])
def test_operations_are_layers_in_keras_2_only(major: int, complete: bool) -> None:
    program = "import keras\nx = keras.Input((4,))\ny = keras.layers.Dense(4)(x)\nmodel = keras.Model(x, x + y)\n"
    (site,) = follow(parse(Source("model.py", program)), keras_major=major).models
    assert (site.model.incomplete is None) == complete


BEHIND_AN_ERROR = """
import keras
import tensorflow as tf
from keras import layers
def block(x):
    return tf.nn.leaky_relu(layers.Conv2D(4, 3)(x))
x = keras.Input((64, 64, 3))
outs = []
for y in [block(block(x)), layers.Conv2D(2, 3)(block(x))]:
    outs.append(y)
model = keras.Model(x, outs)
layer = model.get_layer("conv2d")
"""


def test_a_model_of_what_an_error_has_left_is_not_complete() -> None:
    assert {f.code for f in check_source(BEHIND_AN_ERROR)} == {"API002"}
    (site,) = follow_bytes(BEHIND_AN_ERROR.encode(), "model.py").models
    assert site.model.incomplete
