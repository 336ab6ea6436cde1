"""The first LSTM returns only its last step, so the second one has no sequence to read."""

from keras.layers import LSTM, Dense
from keras.models import Sequential

n_steps, n_features = 20, 8

model = Sequential()
model.add(LSTM(50, input_shape=(n_steps, n_features)))
model.add(LSTM(25))
model.add(Dense(1))
