import keras
from keras import layers


def run(layer):
    if "Conv" in str(type(layer)):
        return layer(keras.Input((9, 9, 2)))
    if "lstm" in str(type(layer)).lower():
        return layer(keras.Input((5, 2)))
    return layer(keras.Input((4,)))


for layer in (layers.LSTM(3), layers.Conv2D(2, 2), layers.Dense(4)):
    print(run(layer).shape)
