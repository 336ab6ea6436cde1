"""`.numpy()` in a `call` that Keras runs on symbolic tensors raises; on data it is right."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source
from tests import oracle

load_pack("lstmlint_rules")
pytestmark = pytest.mark.keras

PROGRAM = """
import keras
import numpy as np
import tensorflow as tf
class Scaled(keras.layers.Layer):
    def call(self, x):
        {body}
        return x
Scaled()({given})
"""


@pytest.mark.parametrize(
    "body, given, raises",
    [
        ("print(x.numpy().mean())", "keras.Input((4,))", True),
        ("print(x.numpy().mean())", "np.zeros((3, 4))", False),
        ("print(x.numpy() if tf.executing_eagerly() else x)", "keras.Input((4,))", False),
        ("print(hasattr(x, 'numpy'))", "keras.Input((4,))", False),
    ],
)
def test_values_are_asked_for_where_there_are_none(body: str, given: str, raises: bool) -> None:
    program = PROGRAM.format(body=body, given=given)
    assert [finding.code for finding in check_source(program)] == (["API020"] if raises else [])
    assert bool(oracle.ask(program).raised) is raises


@pytest.mark.parametrize(
    "body, raises",
    [
        ("return ops.mean(y - p) if ops.mean(p) > 0 else ops.mean(p)", True),
        ("return ops.mean(y - p) + (y.numpy().mean() if tf.executing_eagerly() else 0.0)", False),
        ("return ops.mean(y - p) if len(p.shape) > 1 else ops.mean(p)", False),
        ("a, b = ops.split(ops.concatenate([y, p], axis=-1), 2, axis=-1)\n    return ops.mean(a - b)", False),
        ("return sum(ops.mean(a - b) for a, b in zip(y, p))", True),
    ],
)
def test_a_loss_has_no_values_in_a_graph(body: str, raises: bool) -> None:
    program = f"""
import keras
import numpy as np
import tensorflow as tf
from keras import ops
def loss(y, p):
    {body}
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", loss)
model.fit(np.zeros((8, 4)), np.zeros((8, 1)), verbose=0)
"""
    assert [finding.code for finding in check_source(program)] == (["OUT030"] if raises else [])
    assert bool(oracle.ask(program).raised) is raises
