"""`layer.compute_output_shape(shape)`, as layers of one's own call it while they build others: what Keras answers, or nothing known."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from lstmlint.runner import check_source, follow_bytes
from tests import oracle

pytestmark = pytest.mark.keras

LAYERS = {
    2: ["Dense({n})", "Activation('relu')", "Dropout(0.5)", "BatchNormalization()", "RepeatVector({n})", "Lambda(lambda x: x)",
        "Flatten()", "Embedding(50, {n})", "LayerNormalization()"],
    3: ["Conv1D({n}, {k}, padding='{p}')", "Conv1D({n}, 3, dilation_rate={k}, padding='causal')", "LSTM({n})", "GRU({n}, return_sequences=True)",
        "SimpleRNN({n}, return_state=True)", "SpatialDropout1D(0.2)", "MaxPooling1D({k}, padding='{p}')", "GlobalAveragePooling1D()",
        "Dense({n})", "Flatten()", "Cropping1D(1)", "UpSampling1D({k})", "ZeroPadding1D({k})", "Permute((2, 1))", "Conv1DTranspose({n}, {k})",
        "Lambda(lambda x: x[:, -1, :])", "SeparableConv1D({n}, {k})", "Masking()", "LayerNormalization()"],
    4: ["Conv2D({n}, {k}, padding='{p}')", "MaxPooling2D({k})", "GlobalMaxPooling2D(keepdims=True)", "DepthwiseConv2D({k})", "Flatten()",
        "ConvLSTM1D({n}, {k}, return_sequences=True)", "AveragePooling2D({k}, padding='{p}')"],
}  # fmt: skip


def cases(count: int) -> list[tuple[str, tuple[int | None, ...]]]:
    chance = random.Random(7)
    found = []
    for _ in range(count):
        rank = chance.choice(list(LAYERS))
        sizes = [
            chance.choice([None, 2, 32]),
            *(chance.choice([6, 9, 12, None] if rank == 3 else [8, 11, 16]) for _ in range(rank - 2)),
            5,
        ]
        text = chance.choice(LAYERS[rank]).format(
            n=chance.randint(1, 9), k=chance.randint(1, 3), p=chance.choice(["same", "valid"])
        )
        found.append((text, tuple(sizes)))
    return found


def test_the_shape_is_the_one_that_keras_computes() -> None:
    asked = cases(120)
    head = "import json\nfrom keras.layers import *\n"
    tried = "".join(
        f"try:\n    made.append({text}.compute_output_shape({shape}))\nexcept Exception:\n    made.append('refused')\n"
        for text, shape in asked
    )
    theirs = json.loads(oracle.ask(f"{head}made = []\n{tried}print(json.dumps(made))\n").stdout)
    program = head + "".join(
        f"made{i} = {text}.compute_output_shape({shape})\n" for i, (text, shape) in enumerate(asked)
    )
    record = follow_bytes(program.encode(), "shapes.py").ways[0]
    assert not record.faults
    known = 0
    for i, (case, wanted) in enumerate(zip(asked, theirs)):
        ours = record.names[f"made{i}"]
        if isinstance(ours, tuple) and all(s is None or isinstance(s, (int, tuple)) for s in ours):
            known += 1
            assert wanted == "refused" or json.loads(json.dumps(ours, default=_plain)) == wanted, case
    assert known > 100


def _plain(value: Any) -> Any:
    return tuple(value)


RESIDUAL = """
import keras
from keras.layers import Activation, Conv1D, Lambda, Layer
class Block(Layer):
    def __init__(self, filters, **kwargs):
        Layer.__init__(self, **kwargs)
        self.filters = filters
    def build(self, shape):
        self.parts = []
        self.shape = shape
        for part in (Conv1D(self.filters, 3, padding="causal"), Activation("relu")):
            self.parts.append(part)
            part.build(self.shape)
            self.shape = part.compute_output_shape(self.shape)
        self.match = Conv1D(self.filters, 1) if shape[-1] != self.filters else Lambda(lambda x: x)
        self.match.build(shape)
        Layer.build(self, shape)
    def call(self, x):
        y = x
        for part in self.parts:
            y = part(y)
        return keras.layers.add([self.match(x), y])
model = keras.Sequential([keras.Input((20, 5)), Block(8), Block(8), Block(6)])
"""


def test_a_layer_that_builds_others_from_their_output_shapes_is_followed() -> None:
    theirs = oracle.ask(RESIDUAL)
    assert theirs.raised is None, theirs.message
    program = follow_bytes(RESIDUAL.encode(), "model.py")
    assert not program.faults
    assert len(program.ways) == 1  # every condition is decided
    ours = [
        (x.name, [[d.known for d in s.dims or ()] for s in x.calls[-1].output_shapes])
        for x in program.models[0].model.layers
    ]
    assert ours == [(x["name"], x["output_shapes"]) for x in theirs.models["model"]["layers"]]
    assert check_source(RESIDUAL) == []


OF_TWO = """
import keras
class Two(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.same = keras.Sequential([keras.layers.ReLU()])
    def compute_output_shape(self, input_shape):
        return [self.same.compute_output_shape(input_shape), (input_shape[0], 4)]
    def call(self, x):
        return [self.same(x), x[:, :4]]
words, table = Two()(keras.Input((6,)))
"""


@pytest.mark.keras
def test_a_list_of_shapes_of_which_one_is_not_known_is_no_shape() -> None:
    from lstmlint.interpret import follow
    from lstmlint.source import Source
    from lstmlint.syntax import parse

    exec(OF_TWO, {})
    assert not [fault for fault in follow(parse(Source("model.py", OF_TWO))).faults if fault.raises]


TENSOR_SHAPES = """
import keras
import tensorflow as tf
class Attend(keras.layers.Layer):
    def call(self, inputs):
        values, queries = inputs
        weights = tf.nn.softmax(tf.matmul(queries, values, transpose_b=True))
        return tf.matmul(weights, values), weights
    def compute_output_shape(self, shapes):
        values, queries = shapes
        return {answer}
values, queries = keras.Input((20, 8)), keras.Input((19, 8))
context, weights = Attend()([values, queries])
model = keras.Model([values, queries], [keras.layers.Concatenate()([queries, context]), weights])
"""


@pytest.mark.parametrize("answer", ["[{}, {}]", "({}, {})"])
def test_shapes_of_tensorflow_are_shapes(answer: str) -> None:
    shapes = "tf.TensorShape(queries)", "tf.TensorShape((queries[0], queries[1], values[1]))"
    source = TENSOR_SHAPES.replace("{answer}", answer.format(*shapes))
    theirs = oracle.ask(source)
    assert theirs.raised is None, theirs.message
    (wanted,) = [x["output_shapes"] for x in theirs.models["model"]["layers"] if x["name"] == "attend"]
    (model,) = follow_bytes(source.encode(), "model.py").models
    (ours,) = [x for x in model.model.layers if x.name == "attend"]
    assert [[d.known for d in shape.dims or ()] for shape in ours.calls[-1].output_shapes] == wanted
    assert not check_source(source)


@pytest.mark.keras
@pytest.mark.parametrize("shape", ["[(s[0], 3), (s[0], 3)]", "[s[0], 3]", "(s[0], 3)", "[[s[0], 3], 3]", "None"])
def test_a_tensor_shape_has_the_sizes_of_one_tensor(shape: str) -> None:
    program = f"import tensorflow as tf\nimport keras\ns = keras.Input((3,)).shape\nmade = tf.TensorShape({shape})\n"
    told = [f.code for f in check_source(program) if f.severity.value == "error"]
    assert bool(told) == (oracle.ask(program).raised is not None)
