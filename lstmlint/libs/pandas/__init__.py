"""Tables: the shapes of DataFrames and Series, and the arrays that they become."""

from . import accessors, combining, dropping, index, reading, reducing, selecting, transforming

__all__ = ["accessors", "combining", "dropping", "index", "reading", "reducing", "selecting", "transforming"]
