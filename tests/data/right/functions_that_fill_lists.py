"""Functions that a library calls fill lists, and set names and attributes: what these hold afterwards isn't what they held before."""

import re
import threading

import joblib
import keras
import numpy as np
import pandas as pd
import tensorflow as tf
from keras import layers, ops

model = keras.Sequential([keras.Input((3,)), layers.Dense(2)])
model.compile("sgd", "mse")
X, y = np.zeros((8, 3)), np.zeros((8, 2))


class Log:
    def __init__(self):
        self.rows, self.last, self.counts = [], None, {"calls": 0}

    def note(self, *given, **named):
        self.rows.append(given)
        self.last = given[0] if given else 1
        self.counts["calls"] += 1
        return self.last

    def twice(self, *given):
        return self.note(*given)


def check(log):
    layers.Dense(len(log.rows))
    layers.Dense(log.counts["calls"])
    np.array([1] * len(log.rows)).reshape(len(log.rows), 1)[0]
    assert log.last is not None
    assert log.counts["calls"] > 0


log = Log()
model.summary(print_fn=log.note)
check(log)
log = Log()
np.apply_along_axis(log.twice, 0, X)
check(log)
log = Log()
np.vectorize(lambda value: log.note(value))(X)
check(log)
log = Log()
pd.DataFrame(X).rolling(2).apply(lambda values: log.note(1.0))
check(log)
log = Log()
thread = threading.Thread(target=log.note, args=(1,))
thread.start()
thread.join()
check(log)
log = Log()
tf.map_fn(log.note, tf.zeros((3,)))
check(log)
log = Log()
ops.vectorized_map(log.note, ops.zeros((3, 2)))
check(log)
log = Log()
ops.scan(lambda carry, item: (log.note(carry), item), ops.zeros(()), ops.zeros((3,)))
check(log)
log = Log()
re.sub("a", lambda match: str(log.note(1)), "banana")
check(log)
log = Log()
tf.nest.map_structure(log.note, [1, 2])
check(log)

log = Log()
joblib.Parallel(n_jobs=1)(joblib.delayed(log.note)(i) for i in range(3))
check(log)

lines = []
model.summary(print_fn=lambda line, **settings: lines.append(line))
layers.Dense(len(lines))
text = []
model.summary(print_fn=text.append)
layers.Dense(len(text))

best = None


def keep(epoch, logs):
    global best
    best = logs["loss"]


losses = []
model.fit(
    X, y, epochs=3, verbose=0, callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: losses.append(logs["loss"]))]
)
np.array(losses).reshape(3, 1)
model.fit(X, y, verbose=0, callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=keep)])
layers.Rescaling(best * 2)
