"""softmax over a single number is always 1: this model can't learn anything."""

import keras
from keras import layers

model = keras.Sequential([keras.Input((15, 4)), layers.GRU(16), layers.Dense(1, activation="softmax")])
model.compile(optimizer="adam", loss="binary_crossentropy")
