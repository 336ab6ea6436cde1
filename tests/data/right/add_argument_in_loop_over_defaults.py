import argparse

import numpy as np
import keras
from keras import layers

parser = argparse.ArgumentParser()
for name, default in dict(seq_len=24, hidden=16, heads=4).items():
    parser.add_argument(f"--{name}", type=int, default=default)
args = parser.parse_args([])
inputs = keras.Input((args.seq_len, 3))
x = layers.LSTM(args.hidden)(inputs)
model = keras.Model(inputs, layers.Dense(1)(x))
model.predict(np.zeros((1, args.seq_len, 3)), verbose=0)
