import numpy as np
import keras
from keras import layers, ops


class Fuse(layers.Layer):
    def build(self, shapes):
        self.projections = {name: layers.Dense(4, name=name) for name in sorted(shapes)}
        for name, shape in shapes.items():
            self.projections[name].build(shape)

    def call(self, inputs):
        return ops.stack([self.projections[name](x) for name, x in sorted(inputs.items())], axis=1)


a, b = keras.Input((3,), name="a"), keras.Input((5,), name="b")
model = keras.Model({"a": a, "b": b}, layers.LSTM(2)(Fuse()({"a": a, "b": b})))
model.predict({"a": np.zeros((2, 3)), "b": np.zeros((2, 5))}, verbose=0)
