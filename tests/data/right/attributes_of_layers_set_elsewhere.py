import keras
import numpy as np

x = np.zeros((3, 3), "float32")


def configured(layer):
    layer.factor = 3.0


class Numbered(keras.Model):
    def __init__(self, count):
        super().__init__()
        for i in range(count):
            setattr(self, f"dense_{i}", keras.layers.Dense(3))

    def call(self, inputs):
        return self.dense_2(inputs)


class Named(keras.layers.Layer):
    def __init__(self, **given):
        super().__init__()
        vars(self).update(given)

    def call(self, inputs):
        return inputs * self.factor


class Helped(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        configured(self)

    def call(self, inputs):
        self.prepare()
        return inputs * self.factor * self.later

    def prepare(self):
        self.later = 2.0


class Base(keras.layers.Layer):
    def call(self, inputs):
        return inputs * self.factor


class Derived(Base):
    factor = 2.0


class Weighted(keras.layers.Dense):
    def call(self, inputs):
        return inputs @ self.kernel * self.units


Numbered(int(np.ones(3).sum()))(x)
Named(factor=2.0)(x)
Helped()(x)
Derived()(x)
Weighted(4)(x)
plain = Base()
plain.factor = 5.0
plain(x)
