"""The second positional argument of LSTM is its activation, not the input's shape."""

from keras.layers import LSTM
from keras.models import Sequential

model = Sequential()
model.add(LSTM(32, (10, 64)))
