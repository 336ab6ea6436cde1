import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

keras.utils.get_custom_objects()["mine"] = keras.initializers.Zeros


class Many(layers.Layer):
    def build(self, shape):
        self.a = self.add_weight(name="a", shape=[int(shape[-1]), np.int64(2)], initializer="he_normal", regularizer="l2", constraint="non_neg")
        self.b = self.add_weight(name="b", shape=np.array([2, 3]), initializer=keras.initializers.Zeros)
        self.c = self.add_weight(name="c", shape=tf.TensorShape([2]), initializer=tf.zeros_initializer())
        self.d = self.add_weight(name="d", initializer="mine")
        self.e = self.add_weight(name="e", shape=shape[1:], initializer=lambda shape, dtype=None: ops.zeros(shape))
        self.f = self.add_weight(name="f", shape=shape[-1:] + (2,), initializer={"class_name": "Zeros", "config": {}})

    def call(self, x):
        return x


layer = Many()
layer(np.zeros((2, 4), "float32"))
assert layer.count_params() == 8 + 6 + 2 + 1 + 4 + 8
