"""The belief that an LSTM needs one neuron for each timestep."""

from keras.layers import LSTM, Dense
from keras.models import Sequential

timesteps = 10

model = Sequential()
model.add(LSTM(timesteps, input_shape=(timesteps, 64)))
model.add(Dense(2))
