"""A sensor's window and a few facts about the machine, joined."""

import keras
from keras import layers


def build(n_steps, n_sensors, n_facts, n_classes=4):
    window = keras.Input(shape=(n_steps, n_sensors), name="window")
    facts = keras.Input(shape=(n_facts,), name="facts")
    x = layers.Conv1D(32, 5, padding="same", activation="relu")(window)
    x = layers.MaxPooling1D(2)(x)
    x = layers.GRU(24)(x)
    x = layers.Concatenate()([x, layers.Dense(8, activation="relu")(facts)])
    output = layers.Dense(n_classes, activation="softmax")(x)
    return keras.Model(inputs=[window, facts], outputs=output)


model = build(n_steps=60, n_sensors=6, n_facts=5)
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
