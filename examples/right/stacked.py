"""Two recurrent layers: the first returns its whole sequence."""

from keras import Sequential
from keras.layers import GRU, LSTM, Dense, Dropout, Input

model = Sequential()
model.add(Input((24, 3)))
model.add(LSTM(64, return_sequences=True))
model.add(Dropout(0.2))
model.add(GRU(32))
model.add(Dense(1))
model.compile(optimizer="adam", loss="mae")
