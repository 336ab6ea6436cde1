"""Learning rates while a model is trained: what a LearningRateScheduler's function may give, and optimizers whose rate can't be set."""

from __future__ import annotations

import pytest

from lstmlint.runner import check_source
from tests import oracle

pytestmark = pytest.mark.keras

BEGINNING = """
import math
import keras, numpy as np, tensorflow as tf
from keras.callbacks import *
from keras.layers import *
X, y = np.zeros((8, 3)), np.zeros((8, 2))
decay = keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.9)
class Warm(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return 0.1
class Halved:
    def __init__(self, rate):
        self.rate = rate
    def at(self, epoch, rate):
        return self.rate * 0.5 ** epoch
    def power(self, epoch):
        return self.rate ** epoch
def late(epoch, rate):
    if epoch < 5:
        return rate
    return rate * tf.math.exp(-0.1)
def late_number(epoch, rate):
    if epoch > 3:
        rate = rate * np.exp(-0.1)
    return rate
def forgets(epoch):
    if epoch < 5:
        return 0.1
def steps(epoch):
    return 0.1 * math.pow(0.5, math.floor((1 + epoch) / 10.0))
seen = []
def keeps(epoch):
    seen.append(epoch)
    return 0.1
rates = [0.1, 0.01, 0.001]
def fit(*callbacks, rate=0.1, epochs=3):
    model = keras.Sequential([keras.Input((3,)), Dense(2)])
    model.compile(keras.optimizers.SGD(rate), "mse")
    return model.fit(X, y, callbacks=[*callbacks], epochs=epochs, verbose=0)
sgd = keras.optimizers.SGD
"""
USES = """
fit(LearningRateScheduler(lambda epoch, rate: rate * 0.9))
fit(LearningRateScheduler(lambda epoch, rate: rate * 0.9), rate=decay)
fit(LearningRateScheduler(lambda epoch, rate: rate * 0.9), rate=decay, epochs=0)
fit(LearningRateScheduler(lambda epoch: 0.1), rate=Warm())
fit(LearningRateScheduler(lambda epoch: 1))
fit(LearningRateScheduler(lambda epoch: None))
fit(LearningRateScheduler(lambda epoch: np.float32(0.1)))
fit(LearningRateScheduler(lambda epoch: rates[epoch]))
fit(LearningRateScheduler(lambda epoch: np.linspace(0.1, 0.01, 3)[epoch]))
fit(LearningRateScheduler(lambda epoch: 1e-3 * 10 ** (epoch / 20)))
fit(LearningRateScheduler(lambda epoch: 10 ** -epoch))
fit(LearningRateScheduler(lambda epoch, rate: rate * tf.math.exp(-0.1)))
fit(LearningRateScheduler(lambda epoch, rate: float(rate * tf.math.exp(-0.1))))
fit(LearningRateScheduler(lambda epoch, rate: (rate * tf.math.exp(-0.1)).numpy()))
fit(LearningRateScheduler(Halved(0.1).at))
fit(LearningRateScheduler(Halved(1).at))
fit(LearningRateScheduler(Halved(1).power))
fit(LearningRateScheduler(late), epochs=5)
fit(LearningRateScheduler(late), epochs=8)
fit(LearningRateScheduler(late_number), epochs=8)
fit(LearningRateScheduler(forgets), epochs=5)
fit(LearningRateScheduler(forgets), epochs=8)
fit(LearningRateScheduler(steps), epochs=20)
fit(LearningRateScheduler(decay))
fit(LearningRateScheduler(0.1))
fit(LearningRateScheduler(keeps)), np.array(seen).reshape(3, 1)
fit(lambda epoch, logs: None)
fit(ReduceLROnPlateau("loss"), rate=decay)
fit(ReduceLROnPlateau("loss")).history["lr"]
fit(ReduceLROnPlateau("loss")).history["learning_rate"]
fit(LearningRateScheduler(steps)).history["learning_rate"]
fit(LearningRateScheduler(steps)).history["val_loss"]
fit().history["learning_rate"]
sgd(0.1).learning_rate = 0.2
sgd(decay).learning_rate = 0.2
sgd(decay).learning_rate = decay
""".strip().splitlines()


@pytest.mark.parametrize("line", USES)
def test_keras_agrees(line: str) -> None:
    theirs = oracle.ask(BEGINNING + line + "\n")
    errors = [f.message for f in check_source(BEGINNING + line + "\n") if f.severity.value == "error"]
    assert bool(errors) == (theirs.raised is not None), (theirs.raised, theirs.message, errors)
