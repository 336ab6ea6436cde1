import keras
from keras import ops


class Divergence(keras.layers.Layer):
    def __init__(self, regularizer=None):
        super().__init__()
        self.regularizer = regularizer

    def build(self, shape):
        self.seen = self.add_weight(shape=(), initializer="zeros", trainable=False)

    def call(self, x):
        if hasattr(self, "add_update"):
            self.add_update([(self.seen, self.seen + 1)])
        else:
            self.seen.assign_add(1.0)
        try:
            self.add_metric(ops.mean(x), name="kl")
        except NotImplementedError:
            pass
        if self.regularizer is not None:
            self.add_loss(self.regularizer(x))
        self.add_loss([ops.mean(x), ops.sum(x)])
        return x


class Own(keras.layers.Layer):
    def add_update(self, updates):
        return updates

    def call(self, x):
        self.add_update([])
        return x


model = keras.Sequential([keras.Input((3,)), Divergence(keras.regularizers.L2()), Own(), keras.layers.Dense(1)])
model.summary()
