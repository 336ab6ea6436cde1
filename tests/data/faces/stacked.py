"""Two LSTMs, and the first hands on only its last step."""

from keras import Sequential
from keras.layers import LSTM, Dense

n_steps, n_features = 20, 8
model = Sequential()
model.add(LSTM(50, input_shape=(n_steps, n_features)))
model.add(LSTM(25))
model.add(Dense(1))
