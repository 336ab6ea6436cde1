import keras

x = keras.Input((4,))
y = keras.layers.Dense(1)(x)
if hasattr(y, "__len__") and len(y) > 1:
    raise ValueError("several outputs")
if hasattr(y, "numpy"):
    y.numpy()


class Plain(keras.layers.Layer):
    def call(self, x):
        if hasattr(x, "numpy"):
            x.numpy()
        if hasattr(x, "__setitem__"):
            x[0] = 1
        return x


z = Plain()(y)
