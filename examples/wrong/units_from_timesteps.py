"""Units are the width of the memory, not the number of steps."""

from keras import Sequential
from keras.layers import LSTM, Dense

timesteps = 10
model = Sequential()
model.add(LSTM(timesteps, input_shape=(timesteps, 64)))
model.add(Dense(2))
