"""What changed from Keras 1 and 2 to Keras 3."""
