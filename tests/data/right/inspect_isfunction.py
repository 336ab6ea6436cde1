import inspect

import keras
from keras import layers


def apply(x, step):
    if inspect.isfunction(step):
        return step(x)
    if inspect.isclass(step):
        return step()(x)
    return step(x)


x = keras.Input((6, 4))
for step in (lambda t: t[:, ::2], layers.LayerNormalization, layers.LSTM(3)):
    x = apply(x, step)
print(x.shape)
