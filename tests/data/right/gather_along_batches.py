import keras
import numpy as np
import tensorflow as tf
from keras import layers


class Gather(layers.Layer):
    def __init__(self, axis=None, batch_dims=0):
        super().__init__()
        self.axis, self.batch_dims = axis, batch_dims

    def call(self, inputs):
        nodes, indices = inputs
        return tf.gather(nodes, indices, axis=self.axis, batch_dims=self.batch_dims)


nodes = keras.Input(batch_shape=(1, 5, 3))
chosen = keras.Input(batch_shape=(1, None), dtype="int32")
x = Gather(batch_dims=1)([layers.Dense(2)(nodes), chosen])
model = keras.Model([nodes, chosen], layers.Dense(16)(x))
out = model([np.zeros((1, 5, 3), "float32"), np.array([[1]], "int32")])
print(tf.gather(out[0, 0], 3))
model.predict([np.zeros((1, 5, 3), "float32"), np.array([[1, 2]], "int32")], verbose=0)
