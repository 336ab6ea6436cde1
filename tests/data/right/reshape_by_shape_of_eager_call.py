import keras
import tensorflow as tf
from keras import layers


class SqueezeExcite(layers.Layer):
    def __init__(self, width):
        super().__init__()
        self.narrow = layers.Dense(2, activation="relu")
        self.wide = layers.Dense(width, activation="sigmoid")

    def call(self, inputs):
        batch, _, _, channels = tf.unstack(tf.shape(inputs), num=4)
        x = tf.reshape(tf.reduce_mean(inputs, axis=[1, 2]), (batch, channels))
        x = self.wide(self.narrow(x))
        return inputs * tf.reshape(x, (batch, 1, 1, channels))


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.gate = SqueezeExcite(4)
        self.head = layers.Dense(3)

    def call(self, inputs):
        x = self.gate(inputs)
        sizes = tf.shape(x)
        return self.head(tf.reshape(x, [sizes[0], sizes[1] * sizes[2] * sizes[3]]))


net = Net()
print(net(tf.random.uniform((8, 8, 4))[tf.newaxis,]).shape)
