import keras
from keras import layers


def pipeline(*steps):
    def run(x):
        for step in steps:
            x = step(x) if callable(step) else layers.Dense(step)(x)
        return x

    return run


inputs = keras.Input((5,))
model = keras.Model(inputs, pipeline(8, layers.LayerNormalization(), 2)(inputs))
print(model.output_shape)
