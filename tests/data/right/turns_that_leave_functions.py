import os

import keras
import numpy as np
from keras import layers

model = keras.Sequential([keras.Input((3, 2)), layers.LSTM(4), layers.Dense(5)])
lines = os.environ.get("LINES_READ", "# 1 3").split()
rows, skipped = [], 0


def take(line):
    global skipped
    if line.startswith("#"):
        skipped += 1
        return
    rows.append(np.zeros((3, 2)))


for line in lines:
    take(line)
model.predict(np.array(rows), verbose=0)


class Reader:
    def __init__(self):
        self.rows, self.skipped = [], 0

    def take(self, line):
        if line.startswith("#"):
            self.skipped += 1
            return None
        self.rows.append(np.zeros((3, 2)))
        return line

    def read(self):
        for line in lines:
            if self.take(line) is None:
                print("skipped")
        return np.array(self.rows)


model.predict(Reader().read(), verbose=0)


def number(line):
    if line == "1":
        return 1
    if line == "3":
        return 3
    return None


numbered = []
for line in lines:
    if number(line) is None:
        skipped += 1
        continue
    numbered.append(np.zeros((3, 2)))
model.predict(np.array(numbered), verbose=0)
