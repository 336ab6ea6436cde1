"""Operations on symbolic tensors: `keras.ops.*`, operators and slicing; `.tensorflow` is for programs that use `tf.*`."""

from __future__ import annotations

from ...knowledge import function
from . import array_functions, backend, losses, settings, tensor
from .performing import Compute, Conflict, operation, perform
from .table import OPERATIONS

for _name, (_signature, _compute) in OPERATIONS.items():
    function(f"keras.ops.{_name}", f"keras.ops.numpy.{_name}", f"keras.ops.nn.{_name}")(
        operation(_name.rpartition(".")[2], _signature, _compute)
    )

__all__ = [
    "OPERATIONS", "Compute", "Conflict", "array_functions", "backend", "losses", "operation", "perform", "settings",
    "tensor",
]  # fmt: skip
