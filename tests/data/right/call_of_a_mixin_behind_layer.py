import abc

import keras
from keras import layers


class Score(abc.ABC):
    @abc.abstractmethod
    def __call__(self, inputs):
        pass

    def build(self):
        raise NotImplementedError


class Product(layers.Layer, Score):
    def call(self, inputs):
        first, second = inputs
        return first * second


a, b = keras.Input((4,)), keras.Input((4,))
model = keras.Model([a, b], Product()([a, b]))
model.summary()
