import keras
import numpy as np


def grid(images, columns):
    lines, line = np.array([]), np.array([])
    for number in range(images.shape[0]):
        if line.size == 0:
            line = images[number]
        else:
            line = np.concatenate((line, images[number]), axis=1)
        if (number + 1) % columns == 0:
            lines = line if lines.size == 0 else np.concatenate((lines, line), axis=0)
            line = np.array([])
    return lines


def grid_until_there_are_none(images, columns):
    lines, line, number = np.array([]), None, 0
    while number < len(images):
        line = images[number] if line is None else np.concatenate((line, images[number]), axis=1)
        number += 1
        if number % columns == 0:
            lines = line if lines.size == 0 else np.concatenate((lines, line), axis=0)
            line = None
    return lines


model = keras.Sequential([keras.Input((10,)), keras.layers.Dense(16), keras.layers.Reshape((4, 4, 1))])
images = model.predict(np.zeros((900, 10)), verbose=0)
print(grid(images, 30).shape, grid_until_there_are_none(images, 30).shape)
