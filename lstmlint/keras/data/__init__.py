"""The functions and classes of Keras that make data for models: arrays, windows, directories, text, pictures."""

from . import arrays, batches, directories, images, series, text

__all__ = ["arrays", "batches", "directories", "images", "series", "text"]
