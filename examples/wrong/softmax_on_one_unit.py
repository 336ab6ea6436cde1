"""A softmax over a single unit is always 1."""

from keras import Sequential
from keras.layers import LSTM, Dense, Input

model = Sequential([Input((30, 8)), LSTM(16), Dense(1, activation="softmax")])
model.compile(optimizer="adam", loss="binary_crossentropy")
