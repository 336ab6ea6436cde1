"""An encoder hands its memory to a decoder."""

import keras
from keras import layers

n_in, n_out, units = 71, 93, 64
encoder_in = keras.Input((None, n_in))
_, h, c = layers.LSTM(units, return_state=True)(encoder_in)
decoder_in = keras.Input((None, n_out))
decoded = layers.LSTM(units, return_sequences=True)(decoder_in, initial_state=[h, c])
output = layers.Dense(n_out, activation="softmax")(decoded)
model = keras.Model([encoder_in, decoder_in], output)
model.compile(optimizer="rmsprop", loss="categorical_crossentropy")
