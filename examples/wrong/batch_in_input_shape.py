"""`X.shape` counts the samples as well; `input_shape` must not."""

import numpy as np
from keras import Sequential
from keras.layers import LSTM, Dense

X = np.random.rand(100, 10, 3)
y = np.random.rand(100, 1)

model = Sequential()
model.add(LSTM(32, input_shape=X.shape))
model.add(Dense(1))
