import keras
from keras import layers


def conv(x, filters, norm=layers.BatchNormalization, act="relu"):
    x = layers.Conv2D(filters, 3, padding="same")(x)
    if norm is not None:
        x = norm()(x) if isinstance(norm, type) else norm(x)
    return layers.Activation(act)(x)


inputs = keras.Input((8, 8, 3))
x = conv(inputs, 4)
x = conv(x, 4, norm=layers.LayerNormalization())
x = conv(x, 2, norm=lambda t: layers.GroupNormalization(2)(t))
print(keras.Model(inputs, x).output_shape)
