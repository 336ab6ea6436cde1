"""Names that a program gives: what Keras refuses of them, whatever they name."""

from __future__ import annotations

import pytest

from lstmlint.runner import follow_bytes
from tests import oracle

pytestmark = pytest.mark.keras

NAMED = {
    "Input": "x = keras.Input((3,), name={})",
    "layer": "x = keras.layers.Dense(2, name={})",
    "wrapper": "x = keras.layers.Bidirectional(keras.layers.LSTM(2), name={})",
    "Sequential": "x = keras.Sequential([keras.layers.Dense(2)], name={})",
    "functional": "a = keras.Input((3,))\nx = keras.Model(a, keras.layers.Dense(2)(a), name={})",
    "subclass": "class M(keras.Model):\n    def __init__(self, n):\n        super().__init__(name=n)\nx = M({})",
    "layer of one's own": "class L(keras.layers.Layer):\n    def __init__(self, n):\n        super().__init__(name=n)\nx = L({})",
    "weight": "class L(keras.layers.Layer):\n    def build(self, shape):\n        self.w = self.add_weight(name={}, shape=(2,))\n"
    "    def call(self, x):\n        return x\nx = L()(keras.Input((2,)))",
    "optimizer": "x = keras.optimizers.Adam(name={})",
    "schedule": "x = keras.optimizers.schedules.ExponentialDecay(0.1, 2, 0.5, name={})",
    "loss": "x = keras.losses.MeanSquaredError(name={})",
    "metric": "x = keras.metrics.Mean(name={})",
}


@pytest.mark.parametrize("what", NAMED)
@pytest.mark.parametrize("name", ["'a/b'", "'a.b c'", "3"])
def test_a_name_is_refused_where_keras_refuses_it(what: str, name: str) -> None:
    if what in ("loss", "metric", "schedule") and name == "3":
        pytest.skip("what Keras does there depends on the class")
    text = "import keras\n" + NAMED[what].format(name) + "\n"
    theirs = oracle.ask(text)
    refused = [fault for fault in follow_bytes(text.encode(), "model.py").faults if fault.raises]
    assert bool(refused) is bool(theirs.raised), theirs.message
