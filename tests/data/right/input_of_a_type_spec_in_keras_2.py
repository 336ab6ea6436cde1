"""In Keras 2 an Input may be described by a type_spec instead of a shape."""

import tensorflow as tf
import tf_keras

described = tf_keras.layers.Input(type_spec=tf.TensorSpec([None, 4]))
model = tf_keras.Model(described, tf_keras.layers.Dense(2)(described))
model.compile("adam", "mse")
model.fit(tf.zeros((8, 4)), tf.zeros((8, 2)), verbose=0)
