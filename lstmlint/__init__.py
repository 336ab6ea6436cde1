"""Finds shape and meaning errors in Keras models, without running or importing them."""

__version__ = "0.1.0"
