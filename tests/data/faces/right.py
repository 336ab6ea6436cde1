"""Nothing is wrong here."""

import keras
from keras import layers


def build(n_steps, n_sensors, n_facts):
    window = keras.Input((n_steps, n_sensors), name="window")
    facts = keras.Input((n_facts,), name="facts")
    x = layers.Bidirectional(layers.LSTM(16))(window)
    x = layers.Concatenate()([x, layers.Dense(8, activation="relu")(facts)])
    return keras.Model([window, facts], layers.Dense(4, activation="softmax")(x))


model = build(n_steps=60, n_sensors=6, n_facts=5)
