"""Where do 32 neurons come from if there are 10 timesteps? Run `lstmlint explain` on this file."""

from keras.layers import LSTM, Dense
from keras.models import Sequential

model = Sequential()
model.add(LSTM(32, input_shape=(10, 64)))
model.add(Dense(2))
