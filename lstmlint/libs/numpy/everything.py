"""Importing this registers all that is known of NumPy; single modules serve others as helpers."""

from . import (
    constants,
    creation,
    dtypes,
    elementwise,
    indexing,
    joining,
    linear,
    manipulation,
    random,
    reduction,
    saved,
)

__all__ = [
    "constants",
    "creation",
    "dtypes",
    "elementwise",
    "indexing",
    "joining",
    "linear",
    "manipulation",
    "random",
    "reduction",
    "saved",
]
