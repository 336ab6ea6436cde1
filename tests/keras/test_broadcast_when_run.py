"""Tensors with data whose shapes can't be broadcast together: an error where TensorFlow raises, and nowhere else."""

from __future__ import annotations

import itertools

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source
from tests import oracle

load_pack("lstmlint_rules")

SHAPES = ("3, 4", "3, 5, 4", "3, 1, 4", "4,", "5, 4", "3, 4, 1", "0, 4", "")
WAYS = {
    "operators": "a + b\na * b\na - b\n",
    "functions": "tf.add(a, b)\n",
    "comparison": "a < b\n",
    "equality": "a == b\n",
    "maximum": "tf.maximum(a, b)\n",
    "array": "a + np.ones(b.shape, 'float32')\n",
    "other side": "np.ones(a.shape, 'float32') * b\n",
    "variable": "tf.Variable(a) - b\n",
    "layer": """
class Both(keras.layers.Layer):
    def call(self, x, y):
        return keras.ops.relu(x) + y
Both()(a, b)
""",
    "graph": """
@tf.function
def both(x, y):
    return x * y
both(a, b)
""",
}


@pytest.mark.keras
@pytest.mark.parametrize("way", WAYS)
def test_tensorflow_agrees(way: str) -> None:
    for one, other in itertools.product(SHAPES, SHAPES):
        head = f"import keras\nimport numpy as np\nimport tensorflow as tf\na, b = tf.zeros(({one})), tf.zeros(({other}))\n"
        program = head + WAYS[way]
        codes = {f.code for f in check_source(program) if f.severity.value == "error"}
        assert codes == ({"SHP029"} if oracle.ask(program).raised else set()), program


HEAD = """
import keras
import tensorflow as tf
class Attention(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.q, self.v, self.s = keras.layers.Dense(4), keras.layers.Dense(4), keras.layers.Dense(1)
    def call(self, query, values):
        {}
        return self.s(tf.nn.tanh(self.q(query) + self.v(values)))
"""


@pytest.mark.keras
@pytest.mark.parametrize("axis", ["pass", "query = tf.expand_dims(query, 1)", "query = tf.expand_dims(query, 2)"])
def test_the_axis_that_attention_needs(axis: str) -> None:
    program = HEAD.format(axis) + "Attention()(tf.zeros((3, 6)), tf.zeros((3, 5, 6)))\n"
    findings = check_source(program)
    assert bool(findings) == bool(oracle.ask(program).raised)
    if axis == "pass":
        assert "tf.expand_dims(..., 1) makes (3, 1, 4) of (3, 4), which fits" in findings[0].message


def test_what_may_fit_is_no_error() -> None:
    batches = "x = tf.data.Dataset.from_tensor_slices(tf.zeros((10, 4))).batch(4)\nfor b in x:\n    c = b + tf.zeros((3, 4))\n"
    assert not check_source("import keras\nimport tensorflow as tf\n" + batches)


def test_no_axis_is_advised_where_the_sizes_are_merely_not_known() -> None:
    (finding,) = check_source("import keras\nx = keras.Input((12, 8))\ny = x + keras.ops.zeros((13, 8))\n")
    assert "expand_dims" not in finding.message
