import keras


class Net(keras.Model):
    def __init__(self, pooled=False):
        super().__init__()
        self.dense = keras.layers.Dense(3)
        if pooled:
            self.pooler = keras.layers.GlobalAveragePooling1D()

    def call(self, x):
        x = self.dense(x)
        if hasattr(self, "pooler"):
            x = keras.layers.Reshape((3,))(self.pooler(x))
        return x


y = Net()(keras.Input((5, 2)))
z = Net(pooled=True)(keras.Input((5, 2)))
model = keras.Sequential([keras.layers.Reshape((15,))])
model(y)
