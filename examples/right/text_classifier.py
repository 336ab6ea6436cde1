"""Two classes of text from padded word ids."""

import keras
from keras import layers

vocabulary_size = 5000
max_length = 120

model = keras.Sequential()
model.add(keras.Input(shape=(max_length,)))
model.add(layers.Embedding(vocabulary_size, 64, mask_zero=True))
model.add(layers.Bidirectional(layers.LSTM(32)))
model.add(layers.Dropout(0.3))
model.add(layers.Dense(1, activation="sigmoid"))
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
