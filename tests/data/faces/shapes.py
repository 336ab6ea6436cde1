"""What is written into input_shape."""

import numpy as np
from keras import Input, Sequential
from keras.layers import LSTM, Dense, Flatten

X = np.random.rand(200, 12, 3)
whole = Sequential([LSTM(16, input_shape=X.shape), Dense(1)])
flat = Sequential([Input((40, 3)), LSTM(16, return_sequences=True), Flatten(), LSTM(8)])
bare = Sequential([Input((30,)), LSTM(8)])
timesteps = 10
units = Sequential([LSTM(timesteps, input_shape=(timesteps, 64)), Dense(2)])
n_timesteps, n_features = 48, 7
swapped = Sequential([LSTM(20, input_shape=(n_features, n_timesteps)), Dense(2)])
