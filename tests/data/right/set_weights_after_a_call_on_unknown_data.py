import contextvars
import json

import keras
import numpy as np
from keras import layers

data = np.array(json.loads("[[1.0, 2.0, 3.0]]"))

first = layers.Dense(2, use_bias=False)
for row in data:
    first(row[np.newaxis])
first.set_weights([np.zeros((3, 2))])

second = layers.Dense(2)
contextvars.copy_context().run(second, data)
second.set_weights([np.zeros((3, 2)), np.zeros(2)])


class Projection(keras.Model):
    def __init__(self):
        super().__init__()
        self.head = layers.Dense(2, use_bias=False)
        self.shape = self.head(np.array(json.loads("[[1.0, 2.0, 3.0]]"))).shape

    def call(self, inputs):
        return self.head(inputs)


Projection().head.set_weights([np.zeros((3, 2))])
