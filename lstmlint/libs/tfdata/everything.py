"""Importing this registers all that is known of `tf.data`; single modules serve others as helpers."""

from . import catalogue, classes, iteration, sources, steps

__all__ = ["catalogue", "classes", "iteration", "sources", "steps"]
