"""What nobody calls is followed one after the other, but nobody says that it is called so: a fault that only an earlier one brings about is none."""

from __future__ import annotations

import json

import pytest

from lstmlint.runner import check_source, follow_bytes
from lstmlint.summary import as_json

HEAD = "import numpy as np\nimport keras\nfrom keras import Input, Model, Sequential\nfrom keras.layers import *\n"

ON_THEIR_OWN = {
    "a builder that gives itself back": """
class Builder:
    def __init__(self, shape):
        self.x = self.inputs = Input(shape)
    def lstm(self, units=8):
        self.x = LSTM(units)(self.x)
        return self
    def conv(self, filters=8):
        self.x = Conv1D(filters, 3)(self.x)
        return self
    def done(self):
        return Model(self.inputs, Dense(1)(self.x))
""",
    "two ways to fill one model": """
class Net:
    def __init__(self):
        self.model = Sequential([Input((10, 2))])
    def simple(self):
        self.model.add(LSTM(4))
        self.model.add(Dense(1))
    def deep(self):
        self.model.add(LSTM(4, return_sequences=True))
        self.model.add(LSTM(4))
    def train(self, y):
        self.model.compile("adam", "mse")
        self.model.fit(np.zeros((8, 10, 2)), np.zeros((8, 4)))
""",
    "data in another shape": """
class Net:
    def __init__(self):
        self.X, self.y = np.zeros((4, 5, 2)), np.zeros((4, 1))
    def flat(self):
        self.X = self.X.reshape(len(self.X), -1)
    def lstm(self):
        return Sequential([Input(self.X.shape[1:]), LSTM(3), Dense(1)])
""",
    "another setting": """
class Net:
    def __init__(self):
        self.units = 8
    def tiny(self):
        self.units = 0
    def build(self):
        return Sequential([Input((5, 2)), LSTM(self.units)])
""",
    "a model of the module": """
model = Sequential([Input((10, 2))])
def simple():
    model.add(LSTM(4))
def deep():
    model.add(LSTM(4, return_sequences=True))
    model.add(LSTM(4))
""",
    "settings of the module": """
units, data = 8, np.zeros((4, 10, 2))
def flatten():
    global data
    data = data.reshape(4, 20)
def shrink():
    global units
    units = 0
def build():
    return Sequential([Input(data.shape[1:]), LSTM(units), Dense(1)])
""",
    "a dict of settings": """
SETTINGS = {"units": 8, "sequences": True}
def last_only():
    SETTINGS["sequences"] = False
def build():
    return Sequential([Input((10, 2)), LSTM(SETTINGS["units"], return_sequences=SETTINGS["sequences"]), LSTM(4)])
""",
    "a list of layers": """
LAYERS = []
def use_lstm():
    LAYERS.append(LSTM(4))
def use_conv():
    LAYERS.append(Conv1D(4, 3))
def build():
    return Sequential([Input((10, 2))] + LAYERS)
""",
    "validation data that nobody needs to give": """
class Forecaster:
    def fit(self, X, y, X_val=None):
        model = Sequential([Input((10, 2)), GRU(4), Dense(1)])
        model.compile("adam", "mse")
        given = {"callbacks": [keras.callbacks.ReduceLROnPlateau(monitor="val_loss")]}
        if X_val is not None:
            given["validation_data"] = (X_val, X_val)
        model.fit(np.array(X), np.array(y), **given)
""",
    "a vocabulary that another method fills": """
class Processor:
    def __init__(self, **kwargs):
        self.vocab = kwargs.get("vocab", {})
    @property
    def size(self):
        return len(self.vocab)
    def fill(self, words):
        self.vocab = {w: i for i, w in enumerate(words)}
class Task:
    def __init__(self, **kwargs):
        self.processor = Processor(**kwargs)
    def build(self):
        i = Input((4,))
        self.model = Model(i, Dense(self.processor.size)(i))
    def fit(self, x, words):
        self.processor.fill(words)
        self.build()
""",
    "a list that another method fills": """
class Net:
    def __init__(self):
        self.labels = []
    def read(self, path):
        for line in open(path):
            self.labels.append(line)
    def build(self):
        return Sequential([Input((5, 2)), LSTM(4), Dense(len(self.labels))])
""",
    "a method of one branch of the constructor": """
class Models:
    def __init__(self, kind, length=40):
        if kind == "lstm":
            self.shape = (length, 2048)
            self.model = self.lstm()
        elif kind == "conv":
            self.shape = (length, 80, 80, 3)
            self.model = self.conv()
        else:
            raise SystemExit("Unknown network.")
    def lstm(self):
        return Sequential([Input(self.shape), LSTM(8)])
    def conv(self):
        return Sequential([Input(self.shape), Conv3D(4, (3, 3, 3))])
""",
    "a shape that a function goes into as deep as it is": """
def convert(item):
    if hasattr(item, "__iter__"):
        return [convert(i) for i in item]
    return item.value if hasattr(item, "value") else item
class Own(Layer):
    def build(self, input_shape):
        self.dense = Dense(convert(input_shape)[-1])
    def call(self, x):
        return self.dense(x)
""",
}

ONE_NEEDS_THE_OTHER = {
    "a model that another method makes": (
        """
class Net:
    def __init__(self):
        self.model = None
    def build(self):
        self.model = Sequential([Input((10, 2)), LSTM(4), Dense(1)])
        self.model.compile("adam", "mse")
    def train(self):
        self.model.fit(np.zeros((8, 10, 3)), np.zeros((8, 1)))
""",
        "DAT005",
    ),
    "a model that another method fills": (
        """
class Net:
    def __init__(self):
        self.model = Sequential([Input((10, 2))])
    def build(self):
        self.model.add(LSTM(4))
        self.model.compile("adam", "mse")
    def train(self):
        self.model.fit(np.zeros((8, 10, 3)), np.zeros((8, 4)))
""",
        "DAT005",
    ),
    "data that another function loads": (
        """
data = None
def load():
    global data
    data = np.zeros((8, 10))
def build():
    return Sequential([Input(data.shape[1:]), LSTM(4)])
""",
        "SHP001",
    ),
    "a method that goes wrong by itself": (
        """
class Net:
    def __init__(self):
        self.model = Sequential([Input((10, 2))])
    def build(self):
        self.model.add(LSTM(4))
        self.model.add(LSTM(4))
""",
        "RNN002",
    ),
    "a method that goes wrong whatever fills the list": (
        """
class Net:
    def __init__(self):
        self.labels = []
    def build(self):
        model = Sequential([Input((5, 2)), LSTM(4), LSTM(4)])
        model.add(Dense(len(self.labels)))
        return model
""",
        "RNN002",
    ),
    "a method of a branch that goes wrong in each": (
        """
class Models:
    def __init__(self, kind):
        if kind == "lstm":
            self.units = 3
            self.model = self.lstm()
        else:
            self.units = 4
            self.model = self.conv()
    def lstm(self):
        return Sequential([Input((5, 2)), LSTM(self.units)])
    def conv(self):
        return Sequential([Input((5, 2)), Conv2D(self.units, 3)])
""",
        "SHP020",
    ),
}


@pytest.mark.parametrize("case", ON_THEIR_OWN)
def test_each_stands_on_its_own(case: str) -> None:
    assert not check_source(HEAD + ON_THEIR_OWN[case])


@pytest.mark.parametrize("case", ONE_NEEDS_THE_OTHER)
def test_what_another_has_to_make_first_is_made(case: str) -> None:
    source, code = ONE_NEEDS_THE_OTHER[case]
    assert [f.code for f in check_source(HEAD + source)] == [code]


def test_a_model_that_nobody_builds_is_not_called_complete() -> None:
    source = (HEAD + ON_THEIR_OWN["two ways to fill one model"]).encode()
    (model,) = json.loads(as_json([("net.py", follow_bytes(source, "net.py"))]))["files"][0]["models"]
    assert not model["complete"]


def test_a_trial_leaves_no_traces() -> None:
    source, _ = ONE_NEEDS_THE_OTHER["a method that goes wrong by itself"]
    source = source.replace("self.model =", "self.name, self.model = None,")
    (model,) = json.loads(as_json([("net.py", follow_bytes((HEAD + source).encode(), "net.py"))]))["files"][0]["models"]
    assert [layer["class"] for layer in model["layers"]] == ["LSTM", "LSTM"]
