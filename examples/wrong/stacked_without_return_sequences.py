"""The second LSTM gets no sequence: the first returns only its last step."""

from keras import Sequential
from keras.layers import LSTM, Dense, Input

model = Sequential()
model.add(Input((24, 3)))
model.add(LSTM(64))
model.add(LSTM(32))
model.add(Dense(1))
