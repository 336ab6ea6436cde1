from copy import deepcopy

import keras
import numpy as np
from keras import layers

x, y = np.array([[1], [2], [3], [4]]), np.array([[2], [4], [6], [8]])
model = keras.Sequential([keras.Input((1,)), layers.Dense(3, activation="relu"), layers.Dense(1)])


def error(weights):
    hidden = np.dot(x, weights[0]) + weights[1]
    return np.square(np.dot(np.where(hidden < 0, 0, hidden), weights[2]) + weights[3] - y)


weights = model.get_weights()
before = error(weights)
changed, better = deepcopy(weights), deepcopy(weights)
for number, layer in enumerate(reversed(weights)):
    for index, _ in np.ndenumerate(layer):
        changed[-(number + 1)][index] += 0.0001
        better[-(number + 1)][index] += np.sum(before - error(changed)) / 0.0001 * 0.01
        changed = deepcopy(weights)
model.set_weights(better)
error(changed)
