"""Keras 2's Embedding says its own input shape, so that a Sequential is built with it."""

import tf_keras
from tf_keras.layers import Dense, Embedding, Flatten, SimpleRNN

model = tf_keras.Sequential()
model.add(Embedding(1000, 32))
model.add(SimpleRNN(32))
model.summary()
counted = tf_keras.Sequential([Embedding(1000, 8, input_length=5), Flatten(), Dense(3)])
print(counted.count_params(), counted.output_shape)
