"""What the first turn alone takes instead of None is not what the last one leaves: a row that others are stacked upon, planes that become an image."""

import os

import keras
import numpy as np


def stacked(names):
    rows = None
    for name in names:
        row = np.ones(4) * len(name)
        rows = row if rows is None else np.vstack((rows, row))
    return rows


names = os.listdir(os.path.dirname(np.__file__))
image = None
for name in names:
    plane = np.ones((8, 8)) * len(name)
    if image is None:
        image = plane
    else:
        image = np.dstack((image, plane))
rows = stacked(names)
x, y = rows[:, :3], rows[:, 3:]
model = keras.Sequential([keras.layers.Dense(1)])
print(model.predict(x, verbose=0).shape, image[0, 0, 0])
