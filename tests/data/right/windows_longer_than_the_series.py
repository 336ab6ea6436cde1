import keras
import numpy as np

series = np.zeros((40, 4), "float32")
none = keras.utils.timeseries_dataset_from_array(series[:-1], series[1:, 0], sequence_length=100)
shorter = keras.utils.timeseries_dataset_from_array(series[:-12], series[12:, 0], sequence_length=12)
inputs = keras.Input((24, 4))
model = keras.Model(inputs, keras.layers.Dense(1)(keras.layers.GRU(3)(inputs)))
model.compile("adam", "mse")
model.fit(none, verbose=0)
model.fit(shorter, validation_data=shorter, verbose=0)
model.evaluate(shorter, verbose=0)
