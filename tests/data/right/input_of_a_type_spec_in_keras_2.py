"""In Keras 2 an Input may be described by a type_spec instead of a shape."""

import os

os.environ["TF_USE_LEGACY_KERAS"] = "1"

import tensorflow as tf

described = tf.keras.layers.Input(type_spec=tf.TensorSpec([None, 4]))
model = tf.keras.Model(described, tf.keras.layers.Dense(2)(described))
model.compile("adam", "mse")
model.fit(tf.zeros((8, 4)), tf.zeros((8, 2)), verbose=0)
