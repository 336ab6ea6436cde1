"""`tf.data`: what one element of a dataset is, from its source through every step to the loop that uses it."""

from . import catalogue, iteration, sources, steps

__all__ = ["catalogue", "iteration", "sources", "steps"]
