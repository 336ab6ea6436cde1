"""Matrices, which stand in the last two axes, as `tf.linalg` has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...dims import Dim, same
from ...shapes import Shape, broadcast
from ..spec import TensorSpec
from ..tensors import UNKNOWN_SPEC
from .elementwise import same_shape_as, spec
from .performing import Compute, Conflict


def _matrix(a: Mapping[str, Any]) -> TensorSpec | None:
    """The first argument; None where its axes aren't known. Conflict where it has less than two."""
    x = spec(a["x"])
    if x.shape.dims is None:
        return None
    if len(x.shape.dims) < 2:
        raise Conflict("rank", "at least two axes", str(x.shape))
    return x


def _square(a: Mapping[str, Any]) -> TensorSpec | None:
    """The same of square matrices: an axis that is open is as long as the other one."""
    x = _matrix(a)
    if x is None or x.shape.dims is None:
        return None
    *lead, left, right = x.shape.dims
    if same(left, right) is False:
        raise Conflict("axis-size", "square matrices", str(x.shape))
    size = right if left.exact is None else left
    return TensorSpec(Shape((*lead, size, size)), x.dtype)


def _of_square(a: Mapping[str, Any]) -> TensorSpec:
    """cholesky, inv: a square matrix for each."""
    return _square(a) or UNKNOWN_SPEC


def _exponential(a: Mapping[str, Any]) -> TensorSpec:
    """expm: the same, but an axis that is open stays so."""
    return UNKNOWN_SPEC if _square(a) is None else same_shape_as(a)


def _turned(a: Mapping[str, Any]) -> TensorSpec:
    """matrix_transpose, adjoint: the last two axes change places."""
    x = _matrix(a)
    if x is None:
        return UNKNOWN_SPEC
    return TensorSpec(Shape((*(x.shape.dims or ())[:-2], x.shape[-1], x.shape[-2])), x.dtype)


def _number(x: TensorSpec | None) -> TensorSpec:
    """trace, det, logdet: a number for each matrix."""
    return UNKNOWN_SPEC if x is None else TensorSpec(Shape((x.shape.dims or ())[:-2]), x.dtype)


def _diagonal(a: Mapping[str, Any]) -> TensorSpec:
    """diag_part: as many numbers as the smaller axis has."""
    x = _matrix(a)
    if x is None or a.get("k", 0) != 0:
        return UNKNOWN_SPEC
    left, right = x.shape[-2], x.shape[-1]
    if left.known is None or right.known is None:
        size = left if str(left) == str(right) and not left.is_none else Dim(None)
    else:
        size = Dim(min(left.known, right.known))
    return TensorSpec(Shape((*(x.shape.dims or ())[:-2], size)), x.dtype)


def _on_diagonal(a: Mapping[str, Any]) -> TensorSpec:
    """diag: a square matrix for each row."""
    x = spec(a["x"])
    if not x.shape.dims or any(
        a.get(name, plain) != plain for name, plain in (("k", 0), ("num_rows", -1), ("num_cols", -1))
    ):
        return UNKNOWN_SPEC
    return TensorSpec(x.shape.extend(x.shape[-1]), x.dtype)


def _by_vector(a: Mapping[str, Any]) -> TensorSpec:
    """matvec: (..., m, n) and (..., n) give (..., m)."""
    x, y = _matrix(a), spec(a["x2"])
    if x is None or not y.shape.dims or a.get("transpose_a") or a.get("adjoint_a"):
        return UNKNOWN_SPEC
    if same(x.shape[-1], y.shape[-1]) is False:
        raise Conflict("axis-size", "inner sizes that are the same", f"{x.shape} and {y.shape}")
    lead = broadcast(Shape((x.shape.dims or ())[:-2]), Shape(y.shape.dims[:-1]))
    if lead.conflict is not None:
        raise Conflict("broadcast", "leading axes that can be broadcast together", f"{x.shape} and {y.shape}")
    return TensorSpec(lead.shape.extend(x.shape[-2]), x.dtype)


MATRICES: dict[str, tuple[str, Compute]] = {
    "linalg.band_part": ("x, num_lower, num_upper, name=None", same_shape_as),
    "linalg.cholesky": ("x, name=None", _of_square),
    "linalg.expm": ("x, name=None", _exponential),
    "linalg.inv": ("x, adjoint=False, name=None", _of_square),
    "linalg.matrix_transpose": ("x, name=None, conjugate=False", _turned),
    "linalg.adjoint": ("x, name=None", _turned),
    "linalg.trace": ("x, name=None", lambda a: _number(_matrix(a))),
    **dict.fromkeys(("linalg.det", "linalg.logdet"), ("x, name=None", lambda a: _number(_square(a)))),
    "linalg.diag_part": ("x, name=None, k=0, **options", _diagonal),
    "linalg.diag": ("x, name=None, k=0, num_rows=-1, num_cols=-1, **options", _on_diagonal),
    "linalg.matvec": ("x, x2, transpose_a=False, adjoint_a=False, **options", _by_vector),
}
