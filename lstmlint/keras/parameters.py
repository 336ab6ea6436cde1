"""What Keras's plain functions are called with: its own table is asked before whatever else is known of a function."""

from __future__ import annotations

import functools

from ..knowledge import Call, Handler, bind, find_function, watch
from ..values import Value
from .api import call_signature

MODULES = ("activations", "config", "datasets", "preprocessing", "random", "tree", "utils")
"""Modules of plain functions. Operations bind their arguments themselves; what makes layers or models has its own words for what it refuses."""


def bound_first(name: str, values: list[Value]) -> Handler | None:
    """A handler that binds the arguments as Keras does before the function's own is asked; None for all else."""
    parts = name.split(".")
    return _binding(name) if len(parts) > 2 and parts[1] in MODULES and parts[-1].islower() else None


@functools.cache
def _binding(name: str) -> Handler | None:
    own = find_function(name)
    if own is None:
        return None

    def handler(call: Call) -> Value:
        signature = call_signature(name, call.engine.keras_major)
        if signature is not None:
            bind(call, signature)
        return own(call)

    return handler


watch("keras", bound_first)
