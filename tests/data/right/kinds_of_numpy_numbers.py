import collections.abc
import numbers

import keras
import numpy as np
from keras import layers

data = np.zeros((3, 4))
mean, index, seen = data.mean(), np.argmax(data[0]), (data > 0).any()
narrow = data.astype("float32")[0, 0]

values = [
    mean[0] if hasattr(mean, "__len__") else mean,
    mean[0] if hasattr(mean, "__iter__") else mean,
    mean[0] if isinstance(mean, collections.abc.Iterable) else mean,
    mean[0] if np.iterable(mean) or np.size(mean) > 1 else mean,
    mean if isinstance(mean, float) else mean[0],
    mean.item() if isinstance(mean, np.generic) else mean[0],
    mean[0] if not isinstance(mean, (int, float, np.floating, np.integer)) else mean,
    mean[0] if not np.isscalar(mean) else mean,
    narrow if isinstance(narrow, np.float32) else narrow[0],
    narrow if isinstance(narrow, numbers.Real) else narrow[0],
    index if isinstance(index, numbers.Integral) else index[0],
    index[0] if not isinstance(index, (int, np.int64)) else index,
    seen if isinstance(seen, (bool, np.bool_)) else seen[0],
]
rows = data if isinstance(data, collections.abc.Iterable) and hasattr(data, "__len__") else data[0, 0, 0]
whole = np.array(3.0)
assert isinstance(whole, np.ndarray) and not isinstance(whole, np.generic) and not np.isscalar(whole)
model = keras.Sequential([keras.Input((4,)), layers.Dense(len(values))])
model.predict(rows, verbose=0)
