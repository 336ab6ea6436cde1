import numpy as np
import keras
from keras import layers


def make(optimizer, lr=0.01):
    if isinstance(optimizer, str):
        return keras.optimizers.get(optimizer)
    if isinstance(optimizer, type):
        return optimizer(learning_rate=lr)
    return optimizer


for optimizer in ("adam", keras.optimizers.RMSprop, keras.optimizers.SGD(0.1)):
    model = keras.Sequential([keras.Input((2,)), layers.Dense(1)])
    model.compile(make(optimizer), "mse")
    model.fit(np.zeros((2, 2)), np.zeros(2), verbose=0)
