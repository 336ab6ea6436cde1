import numbers

import keras
from keras import layers


def step(x, spec):
    if isinstance(spec, numbers.Integral):
        return layers.Dense(spec)(x)
    return spec(x)


x = keras.Input((4,))
for spec in (8, layers.Dropout(0.1), 2):
    x = step(x, spec)
print(x.shape)
