import numpy as np
import keras
from keras import layers

model = keras.Sequential([keras.Input((16, 16, 3)), layers.Conv2D(4, 3), layers.MaxPooling2D(), layers.Flatten(), layers.Dense(2)])
outputs = [layer.output for layer in model.layers if isinstance(layer, (layers.Conv2D, layers.MaxPooling2D))]
for feature in keras.Model(model.inputs, outputs).predict(np.zeros((1, 16, 16, 3)), verbose=0):
    print(feature[0, :, :, 0].shape)
