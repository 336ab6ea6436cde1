"""Predict the next value of a series from the last 24."""

import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

look_back = 24


def windows(series, look_back):
    X, y = [], []
    for i in range(len(series) - look_back):
        X.append(series[i : i + look_back])
        y.append(series[i + look_back])
    return np.array(X), np.array(y)


series = np.sin(np.linspace(0, 60, 600))
X, y = windows(series, look_back)
X = X.reshape((X.shape[0], X.shape[1], 1))

model = keras.Sequential(
    [
        keras.Input(shape=(look_back, 1)),
        layers.LSTM(16, return_sequences=True),
        layers.LSTM(8),
        layers.Dense(1),
    ]
)
model.compile(optimizer="adam", loss="mse")
model.fit(X, y, epochs=1, batch_size=64, verbose=0)
