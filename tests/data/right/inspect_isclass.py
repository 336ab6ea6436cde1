import inspect

import keras
from keras import layers


def get(spec, units):
    if inspect.isclass(spec):
        return spec(units)
    if isinstance(spec, str):
        return getattr(layers, spec)(units)
    return spec


for spec in (layers.LSTM, "GRU", layers.SimpleRNN(3)):
    print(get(spec, 4)(keras.Input((5, 2))).shape)
