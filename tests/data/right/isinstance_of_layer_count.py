import numpy as np
import keras
from keras import layers

model = keras.Sequential([keras.Input((10, 2)), layers.LSTM(8, return_sequences=True), layers.LSTM(4), layers.Dense(1)])
rnn = [layer for layer in model.layers if isinstance(layer, (layers.LSTM, layers.GRU))]
encoder = keras.Model(model.inputs, rnn[-1].output)
decoder = keras.Sequential([keras.Input((rnn[-1].units,)), layers.RepeatVector(10), layers.LSTM(rnn[0].units, return_sequences=True), layers.Dense(2)])
code = encoder.predict(np.zeros((3, 10, 2)), verbose=0)
decoder.predict(code, verbose=0)
