"""A layer of the user's is built once, whether Keras calls its `build` or the program does."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source
from tests import oracle

load_pack("lstmlint_rules")

HEAD = """
import numpy as np
import keras
from keras.layers import Dense, Layer, RNN
class Projection(Layer):
    times = 0
    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], 3))
        self.times += 1
    def call(self, x):
        return x @ self.kernel
class Stack(Layer):
    def __init__(self):
        super().__init__()
        self.net = keras.Sequential([Dense(8), Dense(4)])
    def build(self, shape):
        self.net.build(shape)
    def call(self, x):
        return self.net(x)
def check(good):
    Dense(2 if good else "two")
check(True)
layer = Projection()
"""
PROGRAMS = {
    "by hand": "layer.build((None, 4))\nlayer(keras.Input((4,)))\nlayer(np.zeros((2, 4)))\ncheck(layer.times == 1)",
    "by a method that was kept": "build = layer.build\nbuild((None, 4))\ncheck(layer.built)\nlayer(keras.Input((4,)))\ncheck(layer.times == 1)",
    "if it isn't yet": "if not layer.built:\n    layer.build((None, 4))\ncheck(layer.built and layer.count_params() == 12)",
    "not by its class": "Projection.build(layer, (None, 4))\ncheck(not layer.built)",
    "within another": "class Outer(Layer):\n    def __init__(self):\n        super().__init__()\n        self.inner = Projection()\n    def build(self, shape):\n"
    "        self.inner.build(shape)\n    def call(self, x):\n        return self.inner(x)\nouter = Outer()\nouter(keras.Input((4,)))\n"
    "check(outer.inner.times == 1 and outer.count_params() == 12 and len(outer.weights) == 1)",
    "a Sequential in it": "class Outer(Layer):\n    def __init__(self):\n        super().__init__()\n        self.inner = Stack()\n    def build(self, shape):\n"
    "        self.inner.build([None, None, None, 4])\n    def call(self, x):\n        return x + self.inner(x)\nOuter()(keras.Input((6, 6, 4)))",
    "not by its parent's build": "class Child(Projection):\n    def build(self, shape):\n        super().build(shape)\n        check(not self.built)\nchild = Child()\n"
    "child.build((None, 4))\ncheck(child.built)",
    "a model": "class Net(keras.Model):\n    def __init__(self):\n        super().__init__()\n        self.inner = Projection()\n    def build(self, shape):\n"
    "        self.inner.build(shape)\n    def call(self, x):\n        return self.inner(x)\nnet = Net()\nnet.build((None, 4))\n"
    "check(net.built and net.count_params() == 12)\nnet(np.zeros((2, 4)))\ncheck(net.inner.times == 1)",
    "a cell": "class Cell(Projection):\n    state_size = 3\n    def call(self, x, states):\n        return x @ self.kernel, states\ncell = Cell()\n"
    "cell.build((None, 4))\nRNN(cell)(keras.Input((5, 4)))\ncheck(cell.times == 1)",
    "by a keyword": "dense = Dense(2)\ndense.build(input_shape=(None, 3))\ndense.set_weights([np.zeros((3, 2)), np.zeros(2)])\n"
    "check(dense.built and dense.count_params() == 8)",
    "by the keyword of sequences": "cell = keras.layers.LSTM(4)\ncell.build(sequences_shape=(None, 5, 3))\n"
    "cell.set_weights([np.zeros((3, 16)), np.zeros((4, 16)), np.zeros(16)])",
    "by what can't be seen": "import os\nwhere = {'input_shape': (None, 3)} if os.name else {}\ndense = Dense(2)\ndense.build(**where)\n"
    "dense.set_weights([np.zeros((3, 2)), np.zeros(2)])",
    "said in its constructor": "class Ready(Layer):\n    def __init__(self):\n        super().__init__()\n        self.built = True\n    def build(self, shape):\n"
    "        check(False)\n    def call(self, x):\n        return x\nReady()(keras.Input((4,)))",
}  # fmt: skip
WRONG = {
    "of another size": "layer.build((None, 4))\nlayer(keras.Input((5,)))",
    "of another size, by a keyword": "dense = Dense(2)\ndense.build(input_shape=(None, 3))\ndense(keras.Input((4,)))",
    "once too often": "stack = Stack()\nstack.build((None, None, 4))\nstack.build((None, 6, 4))",
}


@pytest.mark.parametrize("text", PROGRAMS.values(), ids=PROGRAMS)
def test_a_layer_is_built_once(text: str) -> None:
    assert [(f.span.row, f.code) for f in check_source(f"{HEAD}{text}\n") if f.severity.value == "error"] == []


@pytest.mark.keras
@pytest.mark.parametrize("text", PROGRAMS.values(), ids=PROGRAMS)
def test_keras_builds_it_once(text: str) -> None:
    answer = oracle.ask(f"{HEAD}{text}\n")
    assert answer.raised is None, answer.message


@pytest.mark.keras
@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_what_it_was_built_for_holds(text: str) -> None:
    found = [f.span.row for f in check_source(f"{HEAD}{text}\n") if f.severity.value == "error"]
    answer = oracle.ask(f"{HEAD}{text}\n")
    assert answer.raised is not None
    assert found
