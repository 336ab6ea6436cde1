"""Training: what happens when data meets a model, from `compile` to the history. Importing this registers it."""

from . import applied, results, uses

__all__ = ["applied", "results", "uses"]
