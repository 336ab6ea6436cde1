"""A window of plain numbers is (batch, 30); an LSTM wants (batch, 30, 1)."""

import tensorflow as tf

window = 30
inputs = tf.keras.Input(shape=(window,))
hidden = tf.keras.layers.LSTM(8)(inputs)
outputs = tf.keras.layers.Dense(1)(hidden)
model = tf.keras.Model(inputs, outputs)
