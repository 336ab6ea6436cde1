"""Keras reads (timesteps, features); these are the other way round."""

from keras.layers import LSTM, Dense
from keras.models import Sequential

n_timesteps, n_features = 48, 7

model = Sequential()
model.add(LSTM(20, input_shape=(n_features, n_timesteps)))
model.add(Dense(1))
