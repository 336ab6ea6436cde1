import numpy as np
import keras
from keras import layers

x = np.random.rand(12, 6)
x.shape = (12, 3, 2)
model = keras.Sequential([keras.Input((3, 2)), layers.LSTM(2)])
model.predict(x, verbose=0)
