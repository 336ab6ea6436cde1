import numpy as np
import keras


class Position(keras.layers.Layer):
    def build(self, input_shape):
        self.table = self.add_weight(shape=(1, *input_shape[1:]))

    def call(self, x):
        return self.table + 0


x = keras.Input((4, 3))
model = keras.Model(x, keras.layers.Add()([x, Position()(x)]))
model(np.ones((2, 4, 3)))
add = keras.layers.Add()
add([np.ones((2, 3)), np.ones((2, 3))])
add([np.ones((2, 3)), np.ones((1, 3))])
