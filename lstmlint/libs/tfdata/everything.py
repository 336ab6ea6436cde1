"""Importing this registers all that is known of `tf.data`; single modules serve others as helpers."""

from . import catalogue, iteration, sources, steps

__all__ = ["catalogue", "iteration", "sources", "steps"]
