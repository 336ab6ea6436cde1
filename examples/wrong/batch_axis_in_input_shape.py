"""input_shape is the shape of one sample; here it holds the number of samples too."""

import numpy as np
from keras.layers import LSTM, Dense
from keras.models import Sequential

X_train = np.random.rand(200, 12, 3)

model = Sequential()
model.add(LSTM(16, input_shape=X_train.shape))
model.add(Dense(1))
