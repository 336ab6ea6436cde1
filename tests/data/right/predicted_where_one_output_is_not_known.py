import os

import keras
import numpy as np
from keras import layers

inputs = keras.Input((8, 8, 3))
pictures = getattr(layers, os.environ.get("KIND", "Conv2D"))(4, 3)(inputs)
classes = layers.Dense(2)(layers.Flatten()(inputs))
model = keras.Model(inputs, [pictures, classes])
predicted = model.predict(np.zeros((5, 8, 8, 3)))
predicted[0][0, :, :, 0].reshape(36)
predicted[1].reshape(10)
