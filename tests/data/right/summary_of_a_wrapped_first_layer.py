import tf_keras as keras
class Wrapped(keras.layers.Wrapper):
    def __init__(self, layer):
        super().__init__(layer)
        self._batch_input_shape = layer._batch_input_shape
    def call(self, x):
        return self.layer(x)
model = keras.Sequential([Wrapped(keras.layers.Dense(2, input_shape=(3,))), keras.layers.Dense(1)])
model.summary()
