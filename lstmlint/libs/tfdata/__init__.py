"""`tf.data`: what one element of a dataset is, from its source through every step to the loop that uses it."""
