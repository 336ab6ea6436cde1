import keras
import pandas as pd
from keras import layers

prices = pd.DataFrame({"open": [1.0, 2.0, 3.0], "close": [2.0, 3.0, 4.0]})
nodes = pd.DataFrame([], index=pd.Index(["a", "b", "c"]))
embedding = layers.Embedding(len(nodes), 2)

features = pd.DataFrame([], index=prices.index)
features["change"] = prices["close"] - prices["open"]
features["open"] = prices["open"]
model = keras.Sequential([keras.Input((2,)), layers.Dense(1)])
model.predict(features.to_numpy(dtype="float32"), verbose=0)
