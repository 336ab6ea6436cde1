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
    "a shape that a condition of the constructor decides, a method that another one chooses": """
class Factory:
    def __init__(self, kind, features, steps):
        self.kind = kind
        if kind == "mlp":
            self.shape = (features,)
        else:
            self.shape = (steps, features)
    def build(self):
        if self.kind == "mlp":
            return self.mlp()
        elif self.kind == "cnn":
            return self.cnn()
        return self.lstm()
    def mlp(self):
        return Sequential([Input(self.shape), Dense(8), Dense(1)])
    def cnn(self):
        return Sequential([Input(self.shape), Conv1D(8, 3), GlobalAveragePooling1D(), Dense(1)])
    def lstm(self):
        return Sequential([Input(self.shape), LSTM(8), Dense(1)])
""",
    "a shape that a condition of the constructor decides, a method by its name": """
class Nets:
    def __init__(self, name, shape=(28, 28, 1)):
        self.shape = shape
        if name == "dense":
            self.shape = (shape[0] * shape[1],)
        self.model = getattr(self, name)()
    def dense(self):
        return Sequential([Input(self.shape), Dense(16)])
    def conv(self):
        return Sequential([Input(self.shape), Conv2D(4, 3)])
""",
    "a shape from a table, and a method from another": """
class Net:
    def __init__(self, kind):
        self.builders = {"a": self.a, "b": self.b}
        self.shape = {"a": (5,), "b": (5, 2)}[kind]
        self.kind = kind
    def build(self):
        return self.builders[self.kind]()
    def a(self):
        return Sequential([Input(self.shape), Dense(1)])
    def b(self):
        return Sequential([Input(self.shape), LSTM(2), Dense(1)])
""",
    "a shape that a flag of the constructor decides": """
class Net:
    def __init__(self, images=False):
        self.images = images
        if images:
            self.shape = (32, 32, 3)
        else:
            self.shape = (16,)
    def encoder(self):
        return self.cnn() if self.images else self.mlp()
    def cnn(self):
        return Sequential([Input(self.shape), Conv2D(4, 3)])
    def mlp(self):
        return Sequential([Input(self.shape), Dense(8)])
""",
    "a method for a size other than the default": """
class Net:
    def __init__(self, shape=(64, 64, 3)):
        self.shape = shape
    def build(self):
        if self.shape[0] == 32:
            return self.small()
        return self.large() if self.shape[0] == 64 else None
    def small(self):
        net = Sequential([Input(self.shape), Conv2D(8, 32), Reshape((8,))])
        return net
    def large(self):
        return Sequential([Input(self.shape), Conv2D(8, 64), Reshape((8,))])
""",
    "a method that asserts what the constructor was given": """
class Training:
    def __init__(self, flat):
        self.flat, self.x = flat, np.random.rand(20, 6, 2)
        if flat:
            self.x = self.x.reshape(20, -1)
    def dense(self):
        assert self.flat
        model = Sequential([Input((12,)), Dense(1)])
        model.compile("adam", "mse")
        model.fit(self.x, np.zeros(20))
    def rnn(self):
        assert not self.flat
        model = Sequential([Input((6, 2)), LSTM(3), Dense(1)])
        model.compile("adam", "mse")
        model.fit(self.x, np.zeros(20))
""",
    "what the constructor is given instead of its defaults": """
class Net:
    def __init__(self, env=None, shape=None, actions=0, activation="", conf=None):
        if env is not None:
            self.shape, self.actions = env.observation_space.shape, env.action_space.n
        else:
            self.shape, self.actions = shape, actions
        self.conf = conf if conf is not None else {}
        self.units = self.conf.get("units", 0)
        self.activation = activation
    def build(self):
        return Sequential([Input(self.shape), Dense(self.units, self.activation), Dense(self.actions)])
""",
    "what is empty in a default's table": """
CFG = {"vocab": None, "units": 0, "classes": -1}
def build(cfg=CFG):
    return Sequential([Input((None,)), Embedding(cfg["vocab"], 8), LSTM(cfg["units"]), Dense(cfg["classes"])])
""",
    "what other classes override in a default's": """
class Config:
    CLASSES = 0
    FILTERS = None
class Mine(Config):
    CLASSES = 4
    FILTERS = 8
class Net:
    def __init__(self, config=Config()):
        self.config = config
    def build(self):
        return Sequential([Input((8, 8, 3)), Conv2D(self.config.FILTERS, 3), Flatten(), Dense(self.config.CLASSES)])
""",
    "a size that is -1 unless it is given": """
def build(features, classes=-1):
    return Sequential([Input((features,)), Dense(classes)])
class Net(Model):
    def __init__(self, size: int = -1):
        super().__init__()
        self.out = Dense(size)
    def call(self, x):
        return self.out(x)
""",
    "a list that a function makes longer": """
LABELS = []
def add(label):
    LABELS.append(label)
def build():
    return Sequential([Input((4,)), Dense(len(LABELS), activation="softmax")])
""",
    "a list that a method makes longer": """
class Net:
    def __init__(self):
        self.labels = []
    def add(self, label):
        self.labels.append(label)
    def build(self):
        return Sequential([Input((4,)), Dense(len(self.labels), activation="softmax")])
""",
    "what a method sets on its conditions": """
class Net:
    def __init__(self, kind):
        self.kind = kind
    def load(self):
        if self.kind == "images":
            self.x, self.shape = np.zeros((10, 8, 8, 3)), (8, 8, 3)
        else:
            self.x, self.shape = np.zeros((10, 12)), (12,)
    def cnn(self):
        return Sequential([Input(self.shape), Conv2D(4, 3), Flatten(), Dense(1)])
    def mlp(self):
        model = Sequential([Input((12,)), Dense(1)])
        model.compile("adam", "mse")
        model.fit(self.x, np.zeros((10, 1)))
""",
    "what may be given by name": """
def build(**options):
    return Sequential([Input((3, 2)), LSTM(options.get("units", 0)), Dense(options.pop("classes", -1))])
class Net:
    def __init__(self, **options):
        self.shape = options["shape"] if "shape" in options else (3,)
    def build(self):
        return Sequential([Input(self.shape), LSTM(8)])
""",
    "a default that an assertion refuses": """
def build(classes=-99):
    assert classes > 0, "give them"
    return Sequential([Input((3,)), Dense(classes)])
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
    "a method that goes wrong for each that the constructor makes": (
        """
class Net:
    def __init__(self, kind, units=None):
        self.rnn = LSTM if kind == "lstm" else GRU
        self.units = units or 8
    def build(self):
        return Sequential([Input((5, 2)), self.rnn(self.units), LSTM(4)])
""",
        "RNN002",
    ),
    "a method that asks what the constructor has asked": (
        """
class Net:
    def __init__(self, kind, units=None):
        self.kind = kind
        self.units = 8 if kind == "lstm" else 4
    def build(self):
        if self.kind == "lstm":
            return Sequential([Input((5, 2)), LSTM(self.units), LSTM(4)])
        return Sequential([Input((5, 2)), GRU(self.units, return_sequences=True), LSTM(4)])
""",
        "RNN002",
    ),
    "a flag of the constructor that the method asks": (
        """
class Net:
    def __init__(self, deep=True):
        self.deep = True if deep else False
    def build(self):
        if self.deep:
            return Sequential([Input((5, 2)), LSTM(8), LSTM(4)])
        return Sequential([Input((5, 2)), LSTM(4)])
""",
        "RNN002",
    ),
    "a method for another size that goes wrong for each": (
        """
class Net:
    def __init__(self, shape=(64, 64, 3)):
        self.shape = shape
    def build(self):
        if self.shape[0] == 32:
            return self.small()
        return None
    def small(self):
        return Sequential([Input(self.shape), Reshape((8, -1)), LSTM(8), LSTM(4)])
""",
        "RNN002",
    ),
    "a model that another method compiles": (
        """
class Net:
    def __init__(self, units=None):
        self.model = Sequential([Input((10, 2)), LSTM(4), Dense(4)])
    def compile(self):
        self.model.compile("adam", "mse")
    def train(self):
        self.model.fit(np.zeros((8, 10, 3)), np.zeros((8, 4)))
""",
        "DAT005",
    ),
    "what a method sets is wrong on each of its conditions": (
        """
class Net:
    def load(self, many):
        if many:
            self.x = np.zeros((100, 12))
        else:
            self.x = np.zeros((10, 12))
    def train(self):
        model = Sequential([Input((5,)), Dense(1)])
        model.compile("adam", "mse")
        model.fit(self.x, None)
""",
        "DAT005",
    ),
    "a layer that goes wrong whatever is given by name": (
        """
class Own(Layer):
    def __init__(self, **options):
        super().__init__(**options)
        self.dense = Dense(-3)
    def call(self, x):
        return self.dense(x)
""",
        "API004",
    ),
    "an assertion that holds": (
        """
def build(classes=-99):
    assert classes is not None
    return Sequential([Input((3,)), Dense(classes)])
""",
        "API004",
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
