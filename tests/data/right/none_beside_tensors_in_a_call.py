import numpy as np
import keras


class Attend(keras.layers.Layer):
    def call(self, x, cache=None):
        return x, x + 1, cache


class Block(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.attend = Attend()

    def call(self, x, cache=None):
        x, bias, cache = self.attend(x, cache=cache)
        if cache is not None:
            return x, bias, cache, cache
        return x, bias


x = keras.Input((4,))
first, second = Block()(x)
model = keras.Model(x, [first, second])
a, b, c, d = Block()(x, cache=x)
one, two, three = Attend()(np.ones((2, 4)))
assert three is None
