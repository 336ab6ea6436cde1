"""Keywords that Keras 3 no longer takes."""

from keras.layers import LSTM, Dense
from keras.models import Sequential

model = Sequential()
model.add(LSTM(32, batch_input_shape=(1, 10, 4), stateful=True))
model.add(Dense(output_dim=1))
