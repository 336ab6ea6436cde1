import numpy as np
import tensorflow as tf
import keras
from keras import layers


class MultiHead(keras.Model):
    def __init__(self, n_heads, d_model):
        super().__init__()
        self.n_heads, self.d_model = n_heads, d_model
        self.query = layers.Dense(d_model)

    def call(self, q):
        bs = tf.shape(q)[0]
        q = self.query(q)
        q = tf.transpose(tf.reshape(q, (bs, -1, self.n_heads, self.d_model // self.n_heads)), [0, 2, 1, 3])
        q = tf.transpose(q, [0, 2, 1, 3])
        return tf.reshape(q, (bs, -1, self.d_model))


out = MultiHead(6, 30)(tf.random.uniform((32, 80, 30)))
assert out.shape == (32, 80, 30)
