import keras
from keras import layers


def activation(x, act):
    if callable(act):
        return act(x)
    return layers.Activation(act)(x)


inputs = keras.Input((8, 4))
x = activation(layers.Dense(4)(inputs), layers.LeakyReLU())
x = activation(x, "relu")
x = activation(x, keras.activations.gelu)
x = activation(x, layers.LSTM(3))
print(x.shape)
