import os

import keras
from keras import layers

names = os.listdir(".")


def blocks():
    found = [layers.Reshape((4, 4, 8))]
    for _ in names:
        found.append(layers.Activation("relu"))
    return found


def steps():
    found = [lambda x: layers.Reshape((4, 4, 8))(x)]
    for _ in names:
        found.append(lambda x: layers.Activation("relu")(x))
    return found


def asked():
    found = [layers.Reshape((4, 4, 8))]
    for width in (8, 8):
        if names:
            found.append(layers.Conv2D(width, 1))
        found.append(layers.Activation("relu"))
    return found


for made in (blocks(), steps(), asked()):
    x = keras.Input((128,))
    for block in made:
        x = block(x)
    layers.Conv2D(8, 3)(x)
stack = keras.Sequential([keras.Input((128,))])
for block in blocks():
    stack.add(block)
stack.add(layers.Conv2D(8, 3))
