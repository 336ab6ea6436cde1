"""What a traced `call` calls itself opens a scope outside of all others: no name that begins with `_` can, nor that of a private class's layer."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source
from tests import oracle

load_pack("lstmlint_rules")

HEAD = """
import keras
import numpy as np
import tensorflow as tf
from keras import layers
i, x = keras.Input((4,)), np.zeros((8, 4), "float32")
class _Block(layers.Layer):
    def __init__(self, **options):
        super().__init__(**options)
        self.dense = layers.Dense(4)
    def build(self, shape):
        self.dense.build(shape)
    def call(self, x):
        return self.dense(x)
class _Relu(layers.Layer):
    def call(self, x):
        return keras.ops.relu(x)
class Outer(layers.Layer):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner
    def build(self, shape):
        self.inner.build(shape)
    def call(self, x):
        return self.inner(x)
class Stated(Outer):
    def compute_output_shape(self, shape):
        return shape
class Net(keras.Model):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner
    def call(self, x):
        return self.run(x)
    def run(self, x):
        return self.inner(x)
"""
WRONG = {
    "of a private class": "Outer(_Block())(i)", "without weights": "Outer(_Relu())(i)", "in a model": "Net(_Block())(i)", "in a functional model": "keras.Model(i, Net(_Relu())(i))",
    "a name": "Outer(layers.Dense(4, name='_dense'))(i)", "a Sequential": "Outer(keras.Sequential([keras.Input((4,)), layers.Dense(4)], name='_net'))(i)",
}  # fmt: skip
RIGHT = {
    "with a name": "Outer(_Block(name='block'))(i)", "by itself": "_Block()(i)", "on data": "Outer(_Block())(x)", "in a scope of its own": "class Scoped(Net):\n    def run(self, x):\n        with tf.name_scope('own'):\n            return self.inner(x)\nScoped(_Relu())(i)",
    "of a stated shape": "Stated(_Block())(i)",
    "one deeper": "Outer(Outer(_Block()))(i)", "within a Sequential": "Outer(keras.Sequential([keras.Input((4,)), _Block()]))(i)",
    "within a Sequential that is not built": "Net(keras.Sequential([layers.Dense(4), _Block()]))(i)", "in a Sequential alone": "keras.Sequential([i, _Block()])",
    "within a functional model": "Outer(keras.Model(i, layers.Dense(4, name='_dense')(i)))(i)", "wrapped": "Outer(layers.TimeDistributed(_Relu()))(keras.Input((3, 4)))",
}  # fmt: skip


@pytest.mark.keras
@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_it_is_refused(text: str) -> None:
    program = f"{HEAD}{text}\n"
    assert [f.code for f in check_source(program) if f.severity.value == "error"] == ["API009"]
    assert "root scope name" in str(oracle.ask(program).message)


@pytest.mark.keras
@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_it_is_taken(text: str) -> None:
    program = f"{HEAD}{text}\n"
    assert [f.message for f in check_source(program) if f.severity.value == "error"] == []
    answer = oracle.ask(program)
    assert answer.raised is None, answer.message
