"""Eager TensorFlow: tensors that hold data, the functions that make them, and what `tf.*` does to them."""

from . import creation, functions, images, runtime, tensors

__all__ = ["creation", "functions", "images", "runtime", "tensors"]
