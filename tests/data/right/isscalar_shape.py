import numpy as np
import keras
from keras import layers


def shape_of(n):
    return (int(n),) if np.isscalar(n) else tuple(n)


model = keras.Sequential([keras.Input(shape_of((4, 1))), layers.LSTM(2)])
model.predict(np.zeros((2, 4, 1)), verbose=0)
print(keras.Input(shape_of(5)).shape)
