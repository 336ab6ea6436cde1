"""Settings of optimizers, schedules, callbacks, metrics and pad_sequences that Keras 3 refuses, and models and layers that have no shape or weights yet."""

from __future__ import annotations

import pytest

from lstmlint.runner import check_source
from tests import oracle

pytestmark = pytest.mark.keras

BEGINNING = """
import os
import keras, numpy as np, tensorflow as tf
from keras.callbacks import *
from keras.layers import *
from keras.metrics import F1Score
from keras.optimizers import SGD, Adam, RMSprop
from keras.optimizers.schedules import *
from keras.utils import pad_sequences
X, y = np.zeros((8, 3)), np.zeros((8, 2))
def fit(*callbacks, **settings):
    model = keras.Sequential([keras.Input((3,)), Dense(2)])
    model.compile("sgd", "mse", metrics=["mae"])
    model.fit(X, y, callbacks=[*callbacks], verbose=0, **settings)
def unbuilt(*layers):
    return keras.Sequential([*layers])
def built(*layers):
    made = keras.Sequential([*layers])
    made(X)
    return made
class Own(Callback):
    def on_epoch_end(self, epoch, logs=None):
        logs["mine"] = 1.0
class Rated(SGD):
    def __init__(self, rate):
        super().__init__(rate)
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.inner = Dense(2)
    def call(self, x):
        return self.inner(x)
class Shaped(Net):
    output_shape = (None, 2)
class Functional(keras.Model):
    def __init__(self):
        x = keras.Input((3,))
        super().__init__(x, Dense(2)(x))
net, called = Net(), Net()
called(X)
"""
USES = """
SGD(1)
SGD(1.0)
SGD(learning_rate=0)
SGD(learning_rate=None)
SGD(learning_rate="0.1")
SGD(learning_rate=[0.1])
SGD(learning_rate=True)
SGD(10 ** -2)
SGD(10 ** 0)
SGD(lambda: 0.1)
SGD(np.float64(0.1))
SGD(np.logspace(-4, -2, 3)[1])
SGD(ExponentialDecay(1, 100, 0.5))
SGD(LearningRateScheduler(lambda epoch: 0.1))
Adam(ReduceLROnPlateau())
Rated(1)
Rated(0.1)
SGD(momentum=0)
SGD(momentum=0.9)
SGD(momentum=1.5)
SGD(momentum="0.9")
RMSprop(momentum=1)
Adam(gradient_accumulation_steps=1)
Adam(gradient_accumulation_steps=2)
Adam(gradient_accumulation_steps=None)
PiecewiseConstantDecay([1, 2], [0.1, 0.2])
PiecewiseConstantDecay((1,), (0.1, 0.2))
ExponentialDecay(0.1, 0, 0.5)
CosineDecay(0.1, -5)
CosineDecayRestarts(0.1, 0)
PolynomialDecay(0.1, 10)
ReduceLROnPlateau(factor=1)
ReduceLROnPlateau(factor=0.5)
ModelCheckpoint("a.keras", save_freq="batch")
ModelCheckpoint("a.keras", save_freq=10)
F1Score(average="binary")
F1Score(average="macro")
pad_sequences([1, 2])
pad_sequences(np.array([1, 2]))
pad_sequences(np.array([[1, 2]]), maxlen=3)
pad_sequences([[1, 2], [3]], padding="front")
pad_sequences([[1, 2], [3]], truncating="post", maxlen=1)
pad_sequences([[1, 2], [3]], truncating="end", maxlen=1)
fit(ModelCheckpoint("w-{epoch:02d}-{val_loss:.2f}.keras"))
fit(ModelCheckpoint("w-{epoch:02d}-{loss:.2f}.keras"))
fit(ModelCheckpoint("w-{epoch:02d}-{val_mae:.2f}.keras"), validation_split=0.5)
fit(ModelCheckpoint("w-{epoch:02d}-{val_acc:.2f}.keras", save_best_only=True), validation_split=0.5)
fit(ModelCheckpoint("w-{epoch:02d}-{val_acc:.2f}.keras"), epochs=0)
fit(ModelCheckpoint(os.path.join("d", "w-{epoch}-{val_los}.keras")), validation_split=0.5)
fit(ModelCheckpoint("w-{batch}.keras"))
fit(ModelCheckpoint("w-{batch}.keras", save_freq=1))
fit(ModelCheckpoint("w-{{mine}}.keras"))
fit(Own(), ModelCheckpoint("w-{mine}.keras"))
fit(ReduceLROnPlateau("loss"), ModelCheckpoint("w-{learning_rate}.keras"))
unbuilt(Dense(2)).output_shape
unbuilt(Dense(2)).input_shape
unbuilt(Dense(2)).count_params()
unbuilt(Dense(2, input_shape=(3,))).output_shape
unbuilt(keras.Input((3,)), Dense(2)).count_params()
built(Dense(2)).output_shape
built(Dense(2)).count_params()
hasattr(unbuilt(Dense(2)), "output_shape")
getattr(unbuilt(Dense(2)), "output_shape", None)
Dense(2).count_params()
Dropout(0.2).count_params()
net.output_shape
called.output_shape
called.input_shape
called.count_params()
Shaped().output_shape
Functional().output_shape
hasattr(net, "output_shape") and net.output_shape
getattr(net, "output_shape", None)
""".strip().splitlines()


@pytest.mark.parametrize("line", USES)
def test_keras_agrees(line: str) -> None:
    theirs = oracle.ask(BEGINNING + line + "\n")
    errors = [f.message for f in check_source(BEGINNING + line + "\n") if f.severity.value == "error"]
    assert bool(errors) == (theirs.raised is not None), (theirs.raised, theirs.message, errors)
