import keras
from keras import layers


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.out = layers.Dense(2)

    def call(self, x):
        return self.out(x)


def make(cls):
    if issubclass(cls, keras.Model):
        return cls()
    return cls(4)


for cls in (Net, layers.Dense):
    print(make(cls)(keras.Input((3,))).shape)
