"""What people build models with beyond plain layers in a row: the same source under real Keras and under the interpreter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lstmlint.interpret import follow
from lstmlint.keras.counting import total_parameters, trainable_parameters
from lstmlint.source import Source
from lstmlint.syntax import parse

HEAD = "import keras\nimport numpy as np\nfrom keras import layers, ops\nfrom keras.layers import *\n"

PROGRAMS = {
    "a feature extractor over an inner tensor": """
base = keras.Sequential([Input((28, 28, 1)), Conv2D(8, 3, name="first"), MaxPooling2D(), Conv2D(4, 3), Flatten(), Dense(10)])
model = keras.Model(inputs=base.inputs, outputs=base.get_layer("first").output)
""",
    "an Input of a tensor that is an input already": """
base = keras.Sequential([Input((8,)), Dense(4), Dense(3), Activation("softmax")])
again = Input(tensor=base.layers[0].input)
model = keras.Model(again, [base.layers[i].output for i in (-2, -1)])
""",
    "an Input of an inner tensor": """
base = keras.Sequential([Input((8,)), Dense(4), Dense(3)])
model = keras.Model(Input(tensor=base.layers[0].output, name="middle"), base.layers[-1].output)
y = base(np.zeros((2, 8)))
""",
    "every layer's output": """
base = keras.Sequential([Input((6,)), Dense(5), Dense(4), Dense(3)])
model = keras.Model(inputs=base.inputs, outputs=[layer.output for layer in base.layers])
""",
    "the outputs of layers of some classes": """
base = keras.Sequential([Input((28, 28, 1)), Conv2D(8, 3), MaxPool2D(), Conv2D(4, 3), Flatten(), Dense(10)])
kinds = [Conv2D, MaxPooling2D]
model = keras.Model(inputs=base.inputs, outputs=[layer.output for layer in base.layers if type(layer) in kinds])
""",
    "the outputs of layers of all classes but one": """
base = keras.Sequential([Input((6,)), Dense(5), Dropout(0.1), Dense(3)])
model = keras.Model(inputs=base.inputs, outputs=[layer.output for layer in base.layers if layer.__class__ != keras.layers.Dropout])
""",
    "all but the last layer, and a new head": """
a = Input((6,))
old = keras.Model(a, Dense(3)(Dense(4)(a)))
model = keras.Model(old.input, Dense(7, name="head")(old.layers[-2].output))
""",
    "a Sequential of another's layers": """
old = keras.Sequential([Input((6,)), Dense(5), Dense(4), Dense(3)])
model = keras.Sequential([Input((6,))] + old.layers[:-1] + [Dense(9)])
""",
    "a Sequential from an inner tensor on": """
a = Input((8, 3))
x = LSTM(4, return_sequences=True)(a)
y = Dense(2)(LSTM(5)(x))
model = keras.Model(x, y)
""",
    "clone_model of a Sequential": """
old = keras.Sequential([Input((6,)), Dense(5), BatchNormalization(), Dense(3)])
model = keras.models.clone_model(old)
""",
    "clone_model of a functional model": """
a = Input((6,))
x = Dense(6)(a)
old = keras.Model(a, Dense(2)(x + a))
model = keras.models.clone_model(old)
""",
    "from_config of a Sequential": """
old = keras.Sequential([Input((6,)), Dense(5), Dense(3)])
model = keras.Sequential.from_config(old.get_config())
""",
    "from_config of a functional model": """
a = Input((6,))
old = keras.Model(a, Dense(2)(Dense(5)(a)))
model = keras.Model.from_config(old.get_config())
""",
    "a layer that states its output's shape": """
class Own(Layer):
    def __init__(self, width):
        super().__init__()
        self.width = width
    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], self.width), name="kernel")
    def compute_output_shape(self, shape):
        shape = list(shape)
        shape[-1] = self.width
        return tuple(shape)
    def call(self, x):
        return ops.matmul(x, self.kernel)
a = Input((5, 8))
model = keras.Model(a, Dense(2)(Own(3)(a)))
""",
    "a layer that states another shape than it gives": """
class Sum(Layer):
    def compute_output_shape(self, shape):
        return (shape[0], shape[1], 4)
    def call(self, x):
        return ops.sum(x, axis=1)
a = Input((5, 8))
model = keras.Model(a, Dense(2)(Sum()(a)))
""",
    "a layer inside another one is not asked for the shape that it states": """
class Sum(Layer):
    def compute_output_shape(self, shape):
        return (shape[0], shape[1], 4)
    def call(self, x):
        return ops.sum(x, axis=1)
class Outer(Layer):
    def __init__(self):
        super().__init__()
        self.sum, self.dense = Sum(), Dense(3)
    def call(self, x):
        return self.dense(self.sum(x))
a = Input((5, 8))
model = keras.Model(a, Dense(2)(Outer()(a)))
""",
    "a layer that states several shapes": """
class Split(Layer):
    def compute_output_shape(self, shape):
        return [(shape[0], 3), (shape[0], shape[1] - 3)]
    def call(self, x):
        return [x[:, :3], x[:, 3:]]
a = Input((8,))
one, two = Split()(a)
model = keras.Model(a, [Dense(2)(one), Dense(2)(two)])
""",
    "a layer whose call needs sizes that only data have": """
class Graph(Layer):
    def __init__(self, n):
        super().__init__()
        self.n = n
    def build(self, shapes):
        self.w = self.add_weight(shape=(shapes[0][-1], self.n), name="w")
    def compute_output_shape(self, shapes):
        return (shapes[0][0], self.n)
    def call(self, inputs):
        x, edges = inputs
        n = x.shape[0]
        loops = ops.stack([ops.arange(n), ops.arange(n)])
        edges = ops.concatenate([edges, loops], axis=1)
        return ops.matmul(ops.segment_sum(ops.take(x, edges[0], axis=0), edges[1], num_segments=n), self.w)
a, b = Input((3,)), Input((None,), dtype="int32")
model = keras.Model([a, b], Graph(4)([a, b]))
""",
    "a mixin between a class and a library's layer": """
class Extra(Layer):
    def __init__(self, mode="hybrid", **kwargs):
        super().__init__(**kwargs)
        self.mode = mode
class More(Extra):
    pass
class ExtraDense(More, Dense):
    def __init__(self, units, mode="hybrid", **kwargs):
        super().__init__(units=units, mode=mode, **kwargs)
class ExtraModel(Extra, keras.Sequential):
    pass
model = keras.Sequential([Input((3,)), ExtraDense(units=2), ExtraModel(layers=[Dense(4)])])
""",
    "a layer from another's configuration": """
first = Dense(5, activation="relu", name="dense_a")
second = Dense.from_config({**first.get_config(), "name": "dense_b", "units": 4})
model = keras.Sequential([Input((6,)), first, second, Dense.from_config({"units": 3})])
""",
    "a subclassed model called on an array": """
class Net(keras.Model):
    def __init__(self, units):
        super().__init__()
        self.first = Dense(units)
        self.second = Dense(2)
    def call(self, x):
        return self.second(self.first(x))
model = Net(7)
y = model(np.zeros((3, 5)))
""",
    "a saved model, loaded again": """
old = keras.Sequential([Input((6,)), Dense(5), BatchNormalization(), Dense(3)])
old.save("saved.keras")
loaded = keras.models.load_model("saved.keras")
model = keras.Model(loaded.inputs, Dense(2)(loaded.outputs[0]))
""",
    "the output of a Sequential that was called": """
base = keras.Sequential([Input((6,)), Dense(5), Dense(4)])
a = Input((6,))
y = base(a)
model = keras.Model(base.input, Dense(1)(base.output))
""",
    "a subclassed model in a functional one": """
class Block(keras.Model):
    def __init__(self, filters):
        super().__init__()
        self.conv = Conv2D(filters, 3, padding="same")
        self.bn = BatchNormalization()
    def call(self, x):
        return self.bn(self.conv(x)) + x
a = Input((8, 8, 3))
model = keras.Model(a, Block(3)(Block(3)(a)))
""",
    "layers in a list of a subclassed model": """
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.blocks = [Dense(n) for n in (4, 5, 6)]
        self.out = Dense(1)
    def call(self, x):
        for block in self.blocks:
            x = block(x)
        return self.out(x)
model = Net()
y = model(np.zeros((2, 3)))
""",
    "layers in a dict of a subclassed model": """
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.heads = {"a": Dense(2), "b": Dense(3)}
    def call(self, x):
        return self.heads["a"](x), self.heads["b"](x)
model = Net()
y = model(np.zeros((2, 3)))
""",
    "layers made in build": """
class Net(keras.Model):
    def __init__(self, units):
        super().__init__()
        self.units = units
        self.first = Dense(units)
    def build(self, input_shape):
        self.out = Dense(input_shape[-1])
        self.built = True
    def call(self, x):
        return self.out(self.first(x))
model = Net(4)
y = model(np.zeros((2, 3)))
""",
    "a user's layer with layers made in build": """
class Rebuild(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.inner = Dense(units)
    def build(self, input_shape):
        self.back = Dense(input_shape[-1])
    def call(self, inputs):
        return self.back(self.inner(inputs))
a = Input((5,))
model = keras.Model(a, Rebuild(3)(a))
""",
    "compute_output_shape": """
class Halve(keras.layers.Layer):
    def call(self, inputs):
        return inputs[:, ::2]
    def compute_output_shape(self, input_shape):
        return (input_shape[0], input_shape[1] // 2, input_shape[2])
a = Input((8, 3))
model = keras.Model(a, LSTM(2)(Halve()(a)))
""",
    "a user's layer that is called with keywords": """
class Encoder(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.dense = Dense(units)
    def call(self, source, source_mask):
        return self.dense(source) * ops.cast(source_mask[:, :, None], "float32")
a = Input((None,), dtype="int32", name="tokens")
x = Embedding(100, 8)(a)
model = keras.Model(a, Encoder(4)(source=x, source_mask=a != 0))
""",
    "an encoder and a decoder that are called with keywords only": """
class Mix(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.dense = Dense(units)
    def call(self, target, source, source_mask):
        weight = ops.cast(source_mask[:, :, None], "float32")
        return self.dense(target) + ops.mean(source * weight, axis=1, keepdims=True)
class Encode(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.dense = Dense(units)
    def call(self, source, source_mask):
        return self.dense(source)
a = Input((None,), dtype="int32", name="english")
e = Encode(4)(source=Embedding(30, 6)(a), source_mask=a != 0)
b = Input((None,), dtype="int32", name="spanish")
x = Mix(4)(target=Embedding(20, 6)(b), source=e, source_mask=a != 0)
model = keras.Model([a, b], Dense(9)(Dropout(0.5)(x)))
""",
    "attention with a key by name": """
q, v, k = Input((3, 8), name="q"), Input((4, 8), name="v"), Input((4, 8), name="k")
model = keras.Model([q, v, k], MultiHeadAttention(2, 4)(Dense(8)(q), Dense(8)(v), key=Dense(8)(k)))
""",
    "a train_step that calls what nothing else calls": """
class Pair(keras.Model):
    def __init__(self):
        super().__init__()
        self.encoder = keras.Sequential([Dense(3)])
        self.decoder = keras.Sequential([Dense(5)])
    def train_step(self, data):
        y = self.decoder(self.encoder(data))
        return {"loss": ops.mean(ops.square(y - data))}
model = Pair()
model.compile("adam")
model.fit(np.zeros((8, 5), dtype="float32"), verbose=0)
""",
    "a compute_loss that decodes": """
class Coder(keras.Model):
    def __init__(self):
        super().__init__()
        self.encoder = Dense(3)
        self.decoder = Dense(5)
    def call(self, inputs):
        return self.encoder(inputs)
    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        return ops.mean(ops.square(self.decoder(y_pred) - x))
model = Coder()
model.compile("adam")
model.fit(np.zeros((8, 5), dtype="float32"), verbose=0)
""",
    "a subclassed model of two inputs that data builds": """
class Wide(keras.Model):
    def __init__(self):
        super().__init__()
        self.a, self.b, self.out = Dense(4), Dense(3), Dense(1)
    def call(self, inputs, training):
        left, right = inputs
        return self.out(ops.concatenate([self.a(left), self.b(right)], axis=-1))
model = Wide()
model.compile("adam", "mse")
model.fit((np.zeros((8, 5)), np.zeros((8, 2))), np.zeros((8, 1)), verbose=0)
""",
    "two inputs that meet late": """
a = Input((None,), dtype="int32", name="english")
x = Embedding(100, 8)(a)
e = LSTM(4)(x)
b = Input((None,), dtype="int32", name="spanish")
y = Embedding(50, 8)(b)
d = LSTM(4, return_sequences=True)(y, initial_state=[e, e])
model = keras.Model([a, b], Dense(9)(d))
""",
    "attention over two encoders": """
a = Input((7,), name="one")
b = Input((7,), name="two")
ea = Embedding(10, 4)(a)
eb = Embedding(10, 4)(b)
s, h, c = LSTM(4, return_sequences=True, return_state=True)(ea)
d = LSTM(4, return_sequences=True)(eb, initial_state=[h, c])
o = Attention()([d, s])
model = keras.Model([a, b], Dense(2)(o))
""",
    "a bidirectional encoder whose states are joined": """
a = Input((7,), name="one")
b = Input((7,), name="two")
ea = Embedding(10, 4)(a)
eb = Embedding(10, 4)(b)
out, *state = Bidirectional(LSTM(4, return_sequences=True, return_state=True))(ea)
state = [ops.concatenate(state[::2], axis=-1), ops.concatenate(state[1::2], axis=-1)]
d = LSTM(8, return_sequences=True)(eb, initial_state=state)
model = keras.Model([a, b], Dense(2)(d))
""",
    "a model subclass with a functional constructor": """
class Fancy(keras.Model):
    def train_step(self, data):
        return super().train_step(data)
a = Input((4,))
model = Fancy(a, Dense(2)(a), name="fancy")
""",
    "a model subclass that makes its graph in __init__": """
class Fancy(keras.Model):
    def __init__(self, units):
        a = keras.Input((4,))
        super().__init__(inputs=a, outputs=Dense(2)(Dense(units)(a)))
model = Fancy(6)
""",
    "a Sequential subclass": """
class Stack(keras.Sequential):
    def __init__(self, units):
        super().__init__()
        self.add(Input((4,)))
        self.add(Dense(units))
        self.add(Dense(1))
model = Stack(6)
""",
    "a Sequential subclass with a list": """
class Stack(keras.Sequential):
    def __init__(self, units):
        super().__init__([Input((4,)), Dense(units), Dense(1)])
model = Stack(6)
""",
    "a user's layer in TimeDistributed": """
class Scale(keras.layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1],))
    def call(self, inputs):
        return inputs * self.w
    def compute_output_shape(self, input_shape):
        return input_shape
model = keras.Sequential([Input((5, 3)), TimeDistributed(Scale()), LSTM(2)])
""",
    "a user's recurrent cell": """
class Minimal(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.state_size = units
    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units))
        self.recurrent = self.add_weight(shape=(self.units, self.units))
    def call(self, inputs, states):
        h = ops.matmul(inputs, self.kernel) + ops.matmul(states[0], self.recurrent)
        return h, [h]
model = keras.Sequential([Input((5, 3)), RNN(Minimal(4), return_sequences=True), Dense(1)])
""",
    "a subclass of a library layer": """
class Big(Dense):
    def __init__(self, **kwargs):
        super().__init__(64, **kwargs)
model = keras.Sequential([Input((5,)), Big(), Big(activation="relu")])
""",
    "a subclass of a library layer with its own call": """
class Twice(Dense):
    def call(self, inputs):
        return super().call(inputs) * 2
model = keras.Sequential([Input((5,)), Twice(3), Dense(1)])
""",
    "a residual unit with a shortcut list": """
class ResidualUnit(keras.layers.Layer):
    def __init__(self, filters, strides=1, activation="relu", **kwargs):
        super().__init__(**kwargs)
        self.activation = keras.activations.get(activation)
        self.main_layers = [
            Conv2D(filters, 3, strides=strides, padding="same", use_bias=False),
            BatchNormalization(),
            self.activation,
            Conv2D(filters, 3, padding="same", use_bias=False),
            BatchNormalization(),
        ]
        self.skip_layers = []
        if strides > 1:
            self.skip_layers = [Conv2D(filters, 1, strides=strides, padding="same", use_bias=False), BatchNormalization()]
    def call(self, inputs):
        Z = inputs
        for layer in self.main_layers:
            Z = layer(Z)
        skip_Z = inputs
        for layer in self.skip_layers:
            skip_Z = layer(skip_Z)
        return self.activation(Z + skip_Z)
model = keras.Sequential([Input((16, 16, 3)), Conv2D(8, 3, padding="same")])
prev = 8
for filters in [8] * 2 + [16] * 2:
    model.add(ResidualUnit(filters, strides=1 if filters == prev else 2))
    prev = filters
model.add(GlobalAveragePooling2D())
model.add(Dense(10))
""",
    "a Lambda between layers": """
model = keras.Sequential([Input((5, 3)), Lambda(lambda t: ops.mean(t, axis=1)), Dense(2)])
""",
    "a nested model that is built by its use": """
inner = keras.Sequential([Dense(4), Dense(3)])
a = Input((6,))
model = keras.Model(a, Dense(1)(inner(a)))
""",
    "a model in a model in a model": """
one = keras.Sequential([Input((4,)), Dense(4)], name="one")
two = keras.Sequential([Input((4,)), one, Dense(4)], name="two")
model = keras.Sequential([Input((4,)), two, Dense(1)], name="three")
""",
    "an autoencoder of two Sequentials": """
encoder = keras.Sequential([Dense(2, input_shape=(3,))])
decoder = keras.Sequential([Dense(3, input_shape=(2,))])
model = keras.Sequential([encoder, decoder])
""",
    "models built by calling them on arrays": """
encoder = keras.Sequential([Dense(2)])
decoder = keras.Sequential([Dense(3)])
model = keras.Sequential([encoder, decoder])
y = model(np.zeros((4, 3), dtype="float32"))
""",
    "a dict of inputs and outputs": """
a = Input((4,), name="a")
b = Input((3,), name="b")
x = Concatenate()([a, b])
model = keras.Model(inputs={"a": a, "b": b}, outputs={"p": Dense(1, name="p")(x), "q": Dense(2, name="q")(x)})
""",
    "a shared recurrent layer over two inputs": """
shared = LSTM(4)
a = Input((5, 3))
b = Input((9, 3))
model = keras.Model([a, b], Dense(1)(concatenate([shared(a), shared(b)])))
""",
    "a comparison of tensors": """
a = Input((5,), dtype="int32")
mask = ops.not_equal(a, 0)
x = Embedding(10, 4)(a)
model = keras.Model(a, LSTM(3)(x, mask=mask))
""",
    "a method that builds and one that trains": """
class Forecaster:
    def __init__(self, units=8, steps=6):
        self.units, self.steps = units, steps
        self.model = None
    def build(self):
        self.model = keras.Sequential()
        self.model.add(Input((self.steps, 2)))
        self.model.add(LSTM(self.units, return_sequences=True))
        self._tail()
        return self
    def _tail(self):
        self.model.add(LSTM(self.units // 2))
        self.model.add(Dense(1))
forecaster = Forecaster().build()
model = forecaster.model
""",
    "popped and extended": """
model = keras.Sequential([Input((6,)), Dense(5), Dense(4), Dense(3)])
model.pop()
model.add(Dense(2))
""",
    "frozen by name and by slice": """
model = keras.Sequential([Input((6,)), Dense(5, name="a"), Dense(4, name="b"), Dense(3)])
model.get_layer("a").trainable = False
for layer in model.layers[1:2]:
    layer.trainable = False
""",
    "a base frozen layer by layer": """
base = keras.Sequential([Input((6,)), Dense(5), Dense(4)])
for layer in base.layers[:-1]:
    layer.trainable = False
a = Input((6,))
model = keras.Model(a, Dense(2)(base(a, training=False)))
""",
    "a sampling layer that returns one of its inputs' shapes": """
class Sampler(keras.layers.Layer):
    def call(self, z_mean, z_log_var):
        batch = ops.shape(z_mean)[0]
        size = ops.shape(z_mean)[1]
        epsilon = keras.random.normal(shape=(batch, size))
        return z_mean + ops.exp(0.5 * z_log_var) * epsilon
a = Input((6,))
m, v = Dense(2)(a), Dense(2)(a)
model = keras.Model(a, [m, v, Sampler()(m, v)])
""",
    "positions from the shape of the input": """
class PositionalEmbedding(keras.Layer):
    def __init__(self, sequence_length, input_dim, output_dim):
        super().__init__()
        self.token_embeddings = layers.Embedding(input_dim, output_dim)
        self.position_embeddings = layers.Embedding(sequence_length, output_dim)
    def call(self, inputs):
        length = ops.shape(inputs)[-1]
        positions = ops.arange(0, length, 1)
        return self.token_embeddings(inputs) + self.position_embeddings(positions)
a = Input((12,))
model = keras.Model(a, GlobalAveragePooling1D()(PositionalEmbedding(12, 50, 8)(a)))
""",
    "positions from a cumulative sum": """
class PositionalEmbedding(keras.Layer):
    def __init__(self, sequence_length, input_dim, output_dim):
        super().__init__()
        self.token_embeddings = layers.Embedding(input_dim, output_dim)
        self.position_embeddings = layers.Embedding(sequence_length, output_dim)
    def call(self, inputs):
        positions = ops.cumsum(ops.ones_like(inputs), axis=-1) - 1
        return self.token_embeddings(inputs) + self.position_embeddings(positions)
a = Input((12,))
model = keras.Model(a, GlobalAveragePooling1D()(PositionalEmbedding(12, 50, 8)(a)))
""",
    "a transformer block": """
class Transformer(layers.Layer):
    def __init__(self, dim, heads, hidden):
        super().__init__()
        self.att = MultiHeadAttention(num_heads=heads, key_dim=dim)
        self.ffn = keras.Sequential([Dense(hidden, activation="relu"), Dense(dim)])
        self.n1, self.n2 = LayerNormalization(), LayerNormalization()
        self.d1, self.d2 = Dropout(0.1), Dropout(0.1)
    def call(self, inputs, training=False):
        a = self.n1(inputs + self.d1(self.att(inputs, inputs), training=training))
        return self.n2(a + self.d2(self.ffn(a), training=training))
a = Input((None, 16))
model = keras.Model(a, Dense(2)(GlobalMaxPooling1D()(Transformer(16, 2, 32)(a))))
""",
    "weights kept in a list": """
class Stacked(layers.Layer):
    def __init__(self, sizes):
        super().__init__()
        self.sizes = sizes
    def build(self, input_shape):
        self.ws = []
        last = input_shape[-1]
        for i, size in enumerate(self.sizes):
            self.ws.append(self.add_weight(shape=(last, size), name=f"w{i}"))
            last = size
        super().build(input_shape)
    def call(self, x):
        for w in self.ws:
            x = x @ w
        return x
model = keras.Sequential([Input((5,)), Stacked([4, 3]), Dense(1)])
""",
    "a sublayer built by hand": """
class Wrap(layers.Layer):
    def __init__(self):
        super().__init__()
        self.inner = Dense(4)
    def build(self, input_shape):
        self.inner.build(input_shape)
    def call(self, x):
        return self.inner(x)
model = keras.Sequential([Input((5,)), Wrap(), Dense(1)])
""",
    "input_shape through a user's layer": """
class Mine(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.dense = Dense(units)
    def call(self, x):
        return self.dense(x)
model = keras.Sequential([Mine(3, input_shape=(7,)), Dense(1)])
""",
    "a model made again in a loop": """
for units in (4, 8):
    model = keras.Sequential([Input((3,)), Dense(units), Dense(1)])
""",
    "a functional clone's input has a tensor's name": """
a = Input((6,), name="first")
old = keras.Model(a, Dense(2)(Dense(5)(a)))
model = keras.models.clone_model(old)
""",
    "names after clear_session": """
first = keras.Sequential([Input((3,)), Dense(2), Dense(1)])
keras.backend.clear_session()
model = keras.Sequential([Input((3,)), Dense(2), Dense(1)])
""",
}


def followed(text: str) -> Any:
    return follow(parse(Source("model.py", HEAD + text)))


@pytest.mark.keras
@pytest.mark.parametrize("text", PROGRAMS.values(), ids=PROGRAMS)
def test_layers_shapes_and_parameters_are_those_of_keras(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import keras

    monkeypatch.chdir(tmp_path)
    keras.backend.clear_session()
    names: dict[str, Any] = {}
    exec(HEAD + text, names)
    model = names["model"]
    program = followed(text)
    assert not program.faults, program.faults
    ours = program.ways[0].names["model"]
    from lstmlint.keras.models import current_layers

    assert ours.incomplete is None
    mine = current_layers(ours)
    assert [_name(layer.name) for layer in mine] == [_name(layer.name) for layer in model.layers]
    assert [total_parameters(layer).known for layer in mine] == [layer.count_params() for layer in model.layers]
    assert trainable_parameters(ours).known == sum(int(w.shape.num_elements()) for w in model.trainable_weights)
    assert any(site.model is ours for site in program.models)
    if model.built and not isinstance(getattr(model, "output", None), (dict, type(None))):
        shapes = [tuple(t.shape) for t in keras.tree.flatten(model.output)]
        from lstmlint.values import flatten

        assert [str(t.shape) for t in flatten(ours.outputs)] == [_text(s) for s in shapes]


def _name(name: str) -> str:
    return "keras_tensor" if name.startswith("keras_tensor") else name  # their count goes by every tensor ever made


def _text(shape: tuple[int | None, ...]) -> str:
    from lstmlint.shapes import Shape

    return str(Shape.of(*shape))


BROKEN = {
    "the output of a Sequential that nothing has called": """
base = keras.Sequential([Input((6,)), Dense(5), Dense(4)])
model = keras.Model(base.input, base.layers[0].output)
""",
    "a tensor of another model among the outputs": """
a, b = Input((6,)), Input((6,))
model = keras.Model(a, [Dense(2)(a), Dense(2)(b)])
""",
    "a model around a tensor that has been made an Input": """
a = Input((6,))
x = Dense(5)(a)
y = Dense(4)(x)
again = Input(tensor=x)
model = keras.Model(a, y)
""",
    "a cell's states that don't fit": """
a = Input((5, 3))
model = keras.Model(a, LSTM(4)(a) + Dense(3)(Flatten()(a)))
""",
}


@pytest.mark.keras
@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_what_keras_refuses_is_a_fault_on_its_line(text: str) -> None:
    import keras

    keras.backend.clear_session()
    with pytest.raises((ValueError, AttributeError)):
        exec(HEAD + text, {})
    faults = [fault for fault in followed(text).faults if fault.raises]
    assert [fault.place.span.row for fault in faults] == [(HEAD + text).rstrip().count("\n") + 1]


REFUSED_WITHOUT_CALLER = """
def build(input_shape=None):
    inputs = Input((3,))
    return keras.Model(inputs, LSTM(4)(inputs))
"""


def test_what_no_caller_can_mend_is_a_fault_in_a_function_that_nobody_calls() -> None:
    assert [fault.kind for fault in followed(REFUSED_WITHOUT_CALLER).faults if fault.raises] == ["rank"]


LOADED = """
model = keras.Sequential([Input((3,)), Dense(1)])
model.compile("adam", "mae")
model.{how}
again = keras.models.load_model("saved.keras"{options})
again.evaluate(np.zeros((4, 3)), np.zeros((4, 1)), verbose=0)
"""
SAVE = 'save("saved.keras")'
CHECKPOINT = (
    'fit(np.zeros((4, 3)), np.zeros((4, 1)), verbose=0, callbacks=[keras.callbacks.ModelCheckpoint("saved.keras")])'
)


@pytest.mark.keras
@pytest.mark.parametrize("how", [SAVE, CHECKPOINT], ids=["save", "checkpoint"])
@pytest.mark.parametrize("options", ["", ", compile=False"])
def test_a_loaded_model_is_compiled_as_it_was_saved(
    how: str, options: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = LOADED.format(how=how, options=options)
    try:
        exec(HEAD + text, {})
        compiled = True
    except ValueError:
        compiled = False
    program = followed(text)
    assert [use.compile is not None for use in program.uses if use.method == "evaluate"] == [compiled]


UNTOLD = {
    "data by name, in batches": """
a, b = Input((6,), name="a"), Input((3,), name="b")
x = Concatenate()([a, b])
model = keras.Model([a, b], [Dense(1, name="p")(x), Dense(4, activation="softmax", name="q")(x)])
model.compile("adam", {"p": "mse", "q": "sparse_categorical_crossentropy"})
model.fit({"a": np.zeros((1280, 6)), "b": np.zeros((1280, 3))}, {"p": np.zeros((1280, 1)), "q": np.zeros((1280, 1))})
""",
    "an array's size that a dataset leaves open": """
import tensorflow as tf
image = tf.io.decode_jpeg(tf.io.read_file("x.jpg"))
y = keras.Sequential([Conv2D(3, 4)])(tf.expand_dims(tf.image.resize(image, (64, 64)), 0))
""",
    "TensorFlow's own exception, caught": """
import tensorflow as tf
try:
    y = tf.matmul(tf.zeros((1, 4)), tf.zeros((3, 3)))
except tf.errors.InvalidArgumentError as error:
    print(error)
""",
    "a Sequential that is called later on a symbolic tensor": """
base = keras.Sequential([Input((6,)), Dense(5)])
y = base(Input((6,)))
model = keras.Model(base.input, base.output)
""",
    "a model that other code may have called": """
from helpers import attach
base = keras.Sequential([Input((6,)), Dense(5)])
attach(base)
model = keras.Model(base.input, base.output)
""",
    "data by name, in another order than the inputs, text among it": """
import tensorflow as tf
a, s = Input((1,), name="a"), Input((1,), name="s", dtype="string")
encoded = StringLookup(vocabulary=["x", "y"], output_mode="one_hot")(s)
model = keras.Model([s, a], Dense(1)(Concatenate()([a, encoded])))
model.predict({"a": tf.convert_to_tensor([[1.0]]), "s": tf.convert_to_tensor([["x"]])}, verbose=0)
""",
    "a train_step gets all three parts of a dataset": """
import tensorflow as tf
def images():
    return tf.data.Dataset.from_tensor_slices(np.zeros((8, 6)))
a, b, c = Input((6,)), Input((6,)), Input((6,))
net = keras.Model([a, b, c], Dense(2)(Concatenate()([a, b, c])))
class Triplet(keras.Model):
    def __init__(self, net):
        super().__init__()
        self.net = net
    def call(self, inputs):
        return self.net(inputs)
    def train_step(self, data):
        return {"loss": tf.reduce_mean(self.net(data))}
model = Triplet(net)
model.compile("adam")
model.fit(tf.data.Dataset.zip((images(), images(), images())).batch(4), verbose=0)
""",
    "a size that the caller of a function would give": """
def build(input_shape=None):
    inputs = Input(shape=input_shape)
    return keras.Model(inputs, Dense(4)(inputs))
class Net(keras.Model):
    def __init__(self, target=None):
        super().__init__()
        self.reshape = Reshape(target)
class Always(Dropout):
    def call(self, inputs):
        return super().call(inputs, training=True)
""",
    "an Input of a tensor that is not known": """
from helpers import pick
base = keras.Sequential([Input((6,)), Dense(5, name="five"), Dense(4)])
model = keras.Model(Input(tensor=base.get_layer(pick()).output), base.layers[-1].output)
""",
    "any keyword for a functional model": """
a = Input((6,))
model = keras.Model(a, Dense(2)(a), dtype="float32", kind="small")
class Backbone(keras.Model):
    def __init__(self, dtype=None, **kwargs):
        super().__init__(inputs=a, outputs=Dense(2)(a), dtype=dtype, **kwargs)
Backbone(sampler="greedy")
""",
    "a comparison that Python makes by identity": """
a = Input((6,))
if a == None:
    a = Input((7, 8))
model = keras.Sequential([Dense(2), LSTM(3)]) if a == 0 else keras.Model(a, Dense(2)(a))
""",
}


RUN = ("data by name, in another order", "a train_step gets all", "a size that the caller", "any keyword")


@pytest.mark.keras
@pytest.mark.parametrize("text", [t for name, t in UNTOLD.items() if name.startswith(RUN)])
def test_keras_runs_it(text: str) -> None:
    import keras

    keras.backend.clear_session()
    exec(HEAD + text, {"__name__": "untold"})


@pytest.mark.parametrize("text", UNTOLD.values(), ids=UNTOLD)
def test_nothing_is_claimed_where_keras_would_not_raise(text: str) -> None:
    assert not [fault for fault in followed(text).faults if fault.raises]
