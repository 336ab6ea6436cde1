"""Is a review good or bad?"""

from keras import Sequential
from keras.layers import LSTM, Bidirectional, Dense, Embedding, Input

vocabulary, length = 10_000, 200
model = Sequential([
    Input((length,), dtype="int32"),
    Embedding(vocabulary, 64, mask_zero=True),
    Bidirectional(LSTM(32)),
    Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
