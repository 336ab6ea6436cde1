"""The table of `keras.ops`: which signature each operation has and what it makes of shapes."""

from __future__ import annotations

from .elementwise import ELEMENTWISE_OPERATIONS
from .images import IMAGE_OPERATIONS
from .indexing import INDEXING_OPERATIONS
from .linear import LINEAR_OPERATIONS
from .performing import Compute
from .reduction import REDUCTION_OPERATIONS
from .shaping import SHAPING_OPERATIONS

OPERATIONS: dict[str, tuple[str, Compute]] = {
    **ELEMENTWISE_OPERATIONS,
    **REDUCTION_OPERATIONS,
    **SHAPING_OPERATIONS,
    **INDEXING_OPERATIONS,
    **LINEAR_OPERATIONS,
    **IMAGE_OPERATIONS,
}
"""`keras.ops.NAME`: what the computation calls the first parameters, and the computation. What the function takes besides, and what it calls them,
Keras says itself (`lstmlint.keras.api`)."""
