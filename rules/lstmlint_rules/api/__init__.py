"""How Keras wants to be called."""
