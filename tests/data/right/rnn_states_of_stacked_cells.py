import numpy as np
import keras
from keras import layers, ops


class MinimalCell(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.state_size = units

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")

    def call(self, x, states):
        h = ops.matmul(x, self.kernel) + states[0]
        return h, [h]


x = keras.Input((None, 5))
y, s1, s2 = layers.RNN([layers.GRUCell(3), MinimalCell(4)], return_state=True)(x)
model = keras.Model(x, layers.Dense(1)(layers.concatenate([y, s1, s2])))
model.predict(np.zeros((2, 4, 5)), verbose=0)
