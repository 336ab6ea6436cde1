import keras
from keras import layers
def seq(*s):
    return keras.Sequential([keras.Input(s), layers.Dense(3)])
def stack(*units, **more):
    m = keras.Sequential([keras.Input((4, 3))])
    for u in units:
        m.add(layers.LSTM(u, return_sequences=True))
    m.add(layers.LSTM(more["last"]))
    m.add(layers.Dense(1))
    return m
def first(*tensors):
    return layers.Concatenate()(tensors)
def pick(*sizes):
    return layers.Dense(sizes[0])
