"""Arguments that Keras does not know, and text with tabs, accents and an emoji."""

from keras import Sequential
from keras.layers import LSTM, Dense, Input

typo = LSTM(4, return_sequence=True)
old = Dense(4, init="uniform")
positional = Sequential([LSTM(32, (10, 64))])
none = LSTM(0)
één = "😀"; certain = Sequential([Input((8,)),	Dense(1, activation="softmax")])  # 😀
