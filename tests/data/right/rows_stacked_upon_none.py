"""What the first turn of a loop makes is not what the last one leaves: a row that others are stacked upon, planes that become an image."""

import os

import keras
import numpy as np


def stacked(names):
    rows = None
    for name in names:
        row = np.ones(4) * len(name)
        rows = row if rows is None else np.vstack((rows, row))
    return rows


class Rows:
    def __init__(self):
        self.found = None

    def add(self, row):
        if self.found is None:
            self.found = row
        else:
            self.found = np.vstack((self.found, row))


names, rows = os.listdir(os.path.dirname(np.__file__)), Rows()
image = None
for name in names:
    plane = np.ones((8, 8)) * len(name)
    if image is None:
        image = plane
    else:
        image = np.dstack((image, plane))
    rows.add(np.ones(4))
print(image[0, 0, 0], rows.found[:, 0], stacked(names)[:, 3:])

for i, name in enumerate(names):
    if i == 0:
        lengths = np.ones(3) * len(name)
    else:
        lengths = np.vstack([lengths, np.ones(3) * len(name)])
inputs, first = keras.Input((3,)), True
for name in names:
    if first:
        features, first = keras.layers.Dense(4)(inputs), False
    else:
        features = keras.layers.Concatenate()([features, keras.layers.Dense(4)(inputs)])
whole = keras.layers.Add()([features, keras.layers.Dense(4 * len(names))(inputs)])
model = keras.Model(inputs, keras.layers.Dense(1)(whole))
print(model.predict(lengths[:, :3], verbose=0).shape)
