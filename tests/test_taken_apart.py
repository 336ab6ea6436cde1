"""When a file is done with, what was known of its program goes at once: a search for cycles took a quarter of the time of a run."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from lstmlint.runner import Options, check_bytes

PROGRAMS = {
    "a functional model in a function": """
import keras
from keras import layers

def block(x, units):
    return layers.Dense(units)(layers.LSTM(units, return_sequences=True)(x))

def build(depth=3):
    inputs = keras.Input((10, 4))
    x = inputs
    for i in range(depth):
        x = block(x, 8)
    return keras.Model(inputs, x)

model = build()
model.compile("adam", "mse")
model.summary()
""",
    "classes, properties and generators": """
import keras

class Windows:
    def __init__(self, data):
        self.data = data
        self.visit = lambda f: [f(w) for w in self]

    @property
    def size(self):
        return len(self.data)

    def __iter__(self):
        for at in range(self.size):
            yield self.data[at]

class Block(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.dense = keras.layers.Dense(units)

    def call(self, x):
        return self.dense(x)

class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.blocks = [Block(4), Block(2)]

    def call(self, x):
        for block in self.blocks:
            x = block(x)
        return x

windows = Windows([1, 2, 3])
unused = (w for w in windows)
net = Net()
net.compile(loss="mse")
net(keras.Input((3,)))
""",
    "branches and what nobody calls": """
import sys
import keras

FLAG = len(sys.argv) > 2

def train(model=None, epochs=None):
    def fit(x, y):
        return model.fit(x, y, epochs=epochs)
    if FLAG:
        model = keras.Sequential([keras.layers.LSTM(4), keras.layers.Dense(1)])
    return fit

class Trainer:
    model: keras.Model = None
    def build(self):
        self.model = keras.Sequential([keras.layers.Input((5, 3)), keras.layers.GRU(4)])
        self.model.compile(optimizer=keras.optimizers.Adam(lr=0.1), loss="mse")
        return self
""",
    "a fix that is tried": """
from keras.models import Sequential
from keras.layers import LSTM, Dense
model = Sequential()
model.add(LSTM(8, input_shape=(10, 3)))
model.add(LSTM(8))
model.add(Dense(1))
model.compile(loss="mse", optimizer="adam", metrics=["accuracy"])
""",
}


@pytest.fixture(autouse=True)
def no_search() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("name", PROGRAMS)
def test_nothing_is_left_to_search_for(name: str) -> None:
    raw = PROGRAMS[name].encode()
    check_bytes(raw, "program.py", Options()).light()  # fills what is kept for all programs
    gc.collect()
    result = check_bytes(raw, "program.py", Options()).light()
    assert result.source is not None
    assert not result.trouble
    assert gc.collect() == 0


def test_a_program_that_was_not_dismissed_does_hold_on_to_itself() -> None:
    raw = PROGRAMS["a functional model in a function"].encode()
    check_bytes(raw, "program.py", Options())
    gc.collect()
    check_bytes(raw, "program.py", Options())
    assert gc.collect() > 100
