"""Optimizers of TensorFlow 1 in compile, which Keras 3 refuses."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import Options, check_source
from tests import oracle

load_pack("lstmlint_rules")
PROGRAM = """
import tensorflow as tf
model = tf.keras.Sequential([tf.keras.Input((3,)), tf.keras.layers.Dense(2)])
optimizer = {}
model.compile(optimizer=optimizer, loss="mse")
"""


@pytest.mark.keras
@pytest.mark.parametrize(
    "name", ["AdamOptimizer(0.1)", "GradientDescentOptimizer(learning_rate=0.1)", "MomentumOptimizer(0.1, 0.9)"]
)
def test_it_is_refused(name: str) -> None:
    program = PROGRAM.format(f"tf.compat.v1.train.{name}")
    assert oracle.ask(program).raised == "ValueError"
    assert [finding.code for finding in check_source(program)] == ["MIG007"]
    assert check_source(program, options=Options(keras_major=2)) == []


def test_what_else_is_done_with_it_is_left_alone() -> None:
    program = (
        "import tensorflow.compat.v1 as tf\noptimizer = tf.train.AdamOptimizer(0.1)\ntrain = optimizer.minimize(lambda: 1.0)\n"
        "grads = optimizer.compute_gradients(train)\noptimizer.apply_gradients(grads)\noptimizer.name = 'x'\n"
    )
    assert check_source(program) == []
