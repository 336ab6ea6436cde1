import numpy as np
import keras
from keras import layers


def prepare(x):
    if isinstance(x, keras.KerasTensor):
        return layers.Flatten()(x)
    return np.concatenate([v.reshape(len(v), -1) for v in x], axis=1)


model = keras.Sequential([keras.Input((9,)), layers.Dense(1)])
model.predict(prepare([np.zeros((2, 3)), np.zeros((2, 2, 3))]), verbose=0)
