import tensorflow as tf
import keras
from keras import layers


class Edge(keras.Model):
    def __init__(self, dim):
        super().__init__()
        self.dim = dim
        self.nn = layers.Dense(dim ** 2)

    def call(self, edges):
        total = tf.shape(edges)[1]
        a = tf.reshape(self.nn(edges), [-1, self.dim, self.dim])
        return tf.reshape(tf.reduce_sum(a, -1), [-1, total, self.dim])


out = Edge(3)(tf.random.uniform((32, 9, 5)))
assert out.shape == (32, 9, 3)
