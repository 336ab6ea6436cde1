"""What NumPy makes: shapes (symbolic where unknown), kinds of dtype, and what broadcasting and reshaping refuse."""

from . import constants, creation, elementwise, indexing, joining, linear, manipulation, random, reduction

__all__ = [
    "constants",
    "creation",
    "elementwise",
    "indexing",
    "joining",
    "linear",
    "manipulation",
    "random",
    "reduction",
]
