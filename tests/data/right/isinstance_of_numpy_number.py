import keras
import numpy as np
from keras import layers

data = np.zeros((3, 4))


def first(value):
    if (type(value) == list or type(value) == np.ndarray) and len(value) == 1:
        value = value[0]
    return value


def number(value):
    if isinstance(value, np.ndarray):
        return number(value[0])
    return float(value)


units = first(np.argmax(data + 1, axis=-1)[0]) + 2
model = keras.Sequential([keras.Input((4,)), layers.Dense(int(units))])
predicted = model.predict(data, verbose=0)
best = predicted[0].max()
best = best[0] if isinstance(best, np.ndarray) else best
last = np.squeeze(predicted[:1, :1])
assert isinstance(last, np.ndarray) and not isinstance(best, np.ndarray)
assert issubclass(np.float64, float) and type(units) is np.int64
layers.Dropout(abs(number(predicted)) * 0)(data)
