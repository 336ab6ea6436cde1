import os

import keras
import numpy as np
from keras import layers

model = keras.Sequential([keras.Input((3, 2)), layers.LSTM(4), layers.Dense(5)])
model.compile("adam", "mse")
lines = os.environ.get("LINES_READ", "# 1 3").split()
rows, table, skipped = [], np.zeros((4, 2)), 0
for line in lines:
    if line.startswith("#"):
        skipped += 1
        continue
    rows.append(np.zeros((3, 2)))
    table = np.zeros((4, 3, 2))
model.fit(np.array(rows), np.zeros((len(rows), 5)), verbose=0)
model.predict(table, verbose=0)


def read():
    global skipped
    found = []
    for line in lines:
        if not line.startswith("#"):
            found.append(np.zeros((3, 2)))
        else:
            skipped += 1
    return np.array(found)


model.predict(read(), verbose=0)

stacked = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3)])
x = inputs = keras.Input((8, 8, 3))
for kind in os.environ.get("KINDS", "none flat dense").split():
    if kind == "none":
        skipped += 1
        continue
    stacked.add(layers.Flatten() if kind == "flat" else layers.Dense(5))
    x = (layers.Flatten() if kind == "flat" else layers.Dense(5))(x)
for model in stacked, keras.Model(inputs, x):
    model.compile("adam", "mse")
    model.fit(np.zeros((2, 8, 8, 3)), np.zeros((2, 5)), verbose=0)

stacked = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3)])
x = inputs = keras.Input((8, 8, 3))
for number in map(int, os.environ.get("NUMBERS", "0 1").split()):
    if number == 0:
        stacked.add(layers.Flatten())
        x = layers.Flatten()(x)
    if number == 1:
        stacked.add(layers.Dense(5))
        x = layers.Dense(5)(x)
for model in stacked, keras.Model(inputs, x):
    model.compile("adam", "mse")
    model.fit(np.zeros((2, 8, 8, 3)), np.zeros((2, 5)), verbose=0)
