import numpy as np
import keras
from keras import layers

model = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3), layers.BatchNormalization(), layers.ReLU(), layers.Flatten(), layers.Dense(2)])
copy = keras.Sequential([keras.Input((8, 8, 3))])
for layer in model.layers:
    if isinstance(layer, layers.Dense):
        copy.add(layers.Dense(5))
    elif not isinstance(layer, layers.BatchNormalization):
        copy.add(layer.__class__.from_config(layer.get_config()))
copy.compile("adam", "mse")
copy.fit(np.zeros((2, 8, 8, 3)), np.zeros((2, 5)), verbose=0)
