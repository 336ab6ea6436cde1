"""A layer of one's own between two of Keras's."""

import keras
from keras import layers


class Scale(layers.Layer):
    def build(self, input_shape):
        self.factor = self.add_weight(shape=(input_shape[-1],), initializer="ones", name="factor")

    def call(self, inputs):
        return inputs * self.factor


model = keras.Sequential([keras.Input((30, 5)), layers.GRU(12), Scale(), layers.Dense(3)])
