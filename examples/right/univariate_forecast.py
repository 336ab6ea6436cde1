"""Forecast the next value of a series from its last ten."""

import numpy as np
from keras import Sequential
from keras.layers import LSTM, Dense, Input

look_back = 10
series = np.sin(np.arange(200) / 5)
X = np.array([series[i : i + look_back] for i in range(len(series) - look_back)])
y = series[look_back:]
X = X.reshape((X.shape[0], look_back, 1))

model = Sequential([Input((look_back, 1)), LSTM(32), Dense(1)])
model.compile(optimizer="adam", loss="mse")
model.fit(X, y, epochs=1, verbose=0)
