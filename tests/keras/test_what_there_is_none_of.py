"""Layers, weights and measured values that aren't there: indices past the end, names that nothing was given, weights before they are made."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source
from tests import oracle

load_pack("lstmlint_rules")

HEAD = """
import numpy as np
import keras
from keras.layers import *
X, y = np.zeros((4, 3)), np.zeros((4, 1))
def make(metrics=None):
    model = keras.Sequential([keras.Input((3,)), Dense(4), Dense(1)])
    model.compile("adam", "mse", metrics=metrics)
    return model
m, plain = make(["mae"]), make()
n = keras.Sequential([Embedding(9, 3), Dense(3)])
class Own(Layer):
    def __init__(self):
        super().__init__()
        self.d = Dense(3)
    def call(self, x):
        return self.d(x) * self.d.kernel[0, 0]
own = Own()
def fit(model, **more): model.fit(X, y, verbose=0, **more)
"""
LINES = {
    "m.layers[1], m.layers[-2], m.layers[2:]": None,
    "m.layers[2]": "API042",
    "m.layers[-3]": "API042",
    "keras.Model(m.inputs, m.outputs).layers[2]": None,
    "m.get_weights()[3], m.weights[-4], m.layers[0].get_weights()[1]": None,
    "m.get_weights()[4]": "API042",
    "m.layers[0].weights[2]": "API042",
    "Activation('relu').get_weights()[0]": "API042",
    "Dense(3).kernel": "API043",
    "Dense(3).bias": "API043",
    "Embedding(3, 4).embeddings": "API043",
    "Conv2D(3, 4).kernel": "API043",
    "SeparableConv1D(3, 2).depthwise_kernel": "API043",
    "LayerNormalization().gamma": "API043",
    "BatchNormalization().gamma": None,
    "LSTM(3).kernel": "API040",
    "LSTM(3).cell": None,
    "getattr(Dense(3), 'kernel', None), hasattr(Dense(3), 'kernel'), Dense(3).get_weights()": None,
    "Dense(3).get_weights()[0]": "API043",
    "LSTM(3).weights[0]": "API043",
    "w, b = Dense(3).get_weights()": "API043",
    "n.layers[0].get_weights()[0]": "API043",
    "n.layers[0].embeddings": "API043",
    "n.build((None, 4)); n.layers[0].get_weights()[0], n.layers[1].kernel": None,
    "n.predict(np.ones((2, 4)), verbose=0); n.layers[0].get_weights()[0], n.layers[1].kernel": None,
    "n(np.ones((2, 4))); n.layers[0].embeddings": None,
    "own(X); own.d.kernel, own.d.get_weights()[0]": None,
    "d = Dense(3); keras.Sequential([keras.Input((2,)), d]); d.kernel, d.get_weights()[1]": None,
    "b = Bidirectional(LSTM(3)); b.build((None, 4, 2)); b.forward_layer.get_weights()[0]": None,
    "d = Dense(3); d.build((None, 2)); d.kernel, d.weights[1]": None,
    "fit(m); m.history.history['mae']": None,
    "fit(m); m.history.history['mean_absolute_error']": "OUT022",
    "fit(m); m.history.history['val_loss']": "OUT022",
    "fit(m, validation_split=0.5); m.history.history['val_loss']": None,
    "fit(m); fit(m, validation_split=0.5); m.history.history['val_loss']": None,
    "m.evaluate(X, y, verbose=0)[1]": None,
    "m.evaluate(X, y, verbose=0)[2]": "OUT021",
    "m.evaluate(X, y, verbose=0, return_dict=True)['mae']": None,
    "m.evaluate(X, y, verbose=0, return_dict=True)['acc']": "OUT022",
    "r = m.train_on_batch(X, y, return_dict=True); r['loss'], sorted(r), {**r}, max(r.values())": None,
    "m.metrics_names[1], plain.metrics_names[0]": None,
    "m.metrics_names[2]": "OUT032",
    "plain.metrics_names[1]": "OUT032",
    "fit(m); m.metrics_names.index('mae')": "OUT032",
    "m.metrics_names.index('loss')": None,
    "r = dict(zip(m.metrics_names, m.evaluate(X, y, verbose=0))); r['loss'], r['compile_metrics']": None,
    "r = dict(zip(m.metrics_names, m.evaluate(X, y, verbose=0))); r['mae']": "OUT032",
    "make([]).metrics_names[1]": None,
}


@pytest.mark.keras
@pytest.mark.parametrize("line", LINES)
def test_keras_agrees(line: str) -> None:
    program, code = f"{HEAD}{line}\n", LINES[line]
    assert bool(oracle.ask(program).raised) is (code is not None)
    assert [f.code for f in check_source(program) if f.severity.value == "error"] == ([] if code is None else [code])


@pytest.mark.parametrize(
    "lines",
    [
        "def show(layer):\n    print(layer.kernel, layer.get_weights()[0])\nshow(open('x').layer)",
        "d = Dense(3)\nopen('x').use(d)\nd.kernel, d.get_weights()[0]",
        "n.predict(open('x').data)\nn.layers[1].kernel",
        "d = Dense(3)\nlayers = [d] + open('x').layers\nkeras.Sequential(layers)(X)\nd.kernel",
        "d = Dense(3)\nlayers = [d]\nlayers += open('x').layers\nkeras.Sequential(layers)(X)\nd.kernel",
        "d = Dense(3)\nlayers = {'d': d}\nopen('x').use(**layers)\nd.kernel",
        "d = Dense(3)\nopen('x').f = d\nopen('x').use()\nd.kernel",
        "d = Dense(3)\nx = open('x').data\nd(x)\nd.kernel, d.get_weights()[0]",
        "d = Dense(3)\nx = open('x').data\nfor part in x:\n    d(part)\nd.kernel, d.get_weights()[0]",
        "d = Dense(3)\nd.build(open('x').shape)\nd.kernel, d.get_weights()[0]",
        "d = Dense(3)\nf = lambda x: d(x)\nopen('x').map(f)\nd.kernel, d.get_weights()[0]",
        "import tensorflow as tf\nstrategy = tf.distribute.ParameterServerStrategy(open('x').cluster)\nwith strategy.scope():\n    d = Dense(3)\n"
        "    d(X)\nd.weights[3]",
        "class Holder:\n    def __init__(self):\n        self.e, self.m = Embedding(9, 3), keras.Sequential()\n"
        "    def vectors(self): return self.e.get_weights()[0], self.e.embeddings\n    def head(self): return self.m.layers[1]\n"
        "    def make(self):\n        self.m.add(self.e)\n        self.m.add(Dense(2))\n        self.m.build((None, 4))",
        "d = Dense(3)\nclass T:\n    def run(self, x): return d(x)\nopen('x').use(T())\nd.kernel, d.get_weights()[0]",
        "d = Dense(3)\nclass T:\n    def __init__(self): self.d = d\nopen('x').use(T())\nd.kernel, d.get_weights()[0]",
        "def one(): return Dense(3)\nmodel = keras.Sequential([one() for _ in open('x')])\nmodel(X)\nmodel.layers[0].kernel",
        "d = Dense(3)\nbranch = [d] if open('x') else []\nkeras.Sequential(branch + [Dense(1)])(X)\nif branch: d.kernel",
        "d = TimeDistributed(Dense(3))\nd(open('x').data)\nd.layer.kernel",
        "m = open('x').use(m) or m\nm.layers[7]",
        "for i in range(int(input())):\n    m.add(Dense(2))\nm.layers[4]",
        "class Net(keras.Model):\n    def __init__(self):\n        super().__init__()\n        self.d = Dense(3)\n    def call(self, x): return self.d(x)\n"
        "net = Net()\nnet(open('x').data)\nnet.d.kernel, net.d.get_weights()[0]",
    ],
)
def test_what_is_not_known_is_not_taken_for_missing(lines: str) -> None:
    assert [f.code for f in check_source(f"{HEAD}{lines}\n") if f.severity.value == "error"] == []


@pytest.mark.parametrize(
    "layers, told",
    [
        (["first", "second"], "Existing layers are: first, second."),
        ([f"conv{n}_bn" for n in range(40)], "Existing layers are: conv7_bn, conv"),
        ([f"dense_{n}" for n in range(40)], "Existing layers are: dense_35, dense_36, dense_37, dense_38, dense_39, and 35 more."),
    ],
)  # fmt: skip
def test_of_many_layers_only_those_are_named_that_may_be_meant(layers: list[str], told: str) -> None:
    made = f"model = keras.Sequential([keras.Input((3,)), *(Dense(3, name=name) for name in {layers})])\n"
    found = check_source(f"{HEAD}{made}model.get_layer('conv7/bn')\n")
    assert [told in f.message and len(f.message) < 200 for f in found] == [True]
