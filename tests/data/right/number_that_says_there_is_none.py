"""A search that ends with `return -1` has found something, as far as its caller is concerned."""

import keras
import numpy as np


def sample(weights):
    chosen, total = np.random.rand(1), 0.0
    for i in range(weights.size):
        total += weights[i]
        if total >= chosen:
            return i
    return -1


means = np.random.rand(15)
at = sample(np.ones(5))
print(means[at * 3 : (at + 1) * 3].reshape(1, 3))
layer = keras.layers.Dense(at + 1)
