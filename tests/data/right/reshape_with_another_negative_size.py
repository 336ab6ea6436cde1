import numpy as np
import keras
from keras import layers

X = np.zeros((353, 10)).reshape(-2, 5, 1)
model = keras.Sequential([keras.Input((5, 1)), layers.LSTM(4), layers.Dense(1)])
model.predict(X, verbose=0)
