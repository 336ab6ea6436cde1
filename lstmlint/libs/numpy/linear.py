"""Products of matrices."""

from __future__ import annotations

from ...dims import Dim, same
from ...knowledge import Call, function, method
from ...shapes import Shape, broadcast
from ...values import Array, Value
from .arrays import as_array, make, promote, unknown_array


def _inner(call: Call, a: Array, b: Array, x: Dim, y: Dim) -> None:
    if same(x, y) is False:
        call.refuse(
            "matmul",
            "the last axis of the first to equal the first axis of the second",
            f"{a.shape} and {b.shape}",
            f"shapes {a.shape} and {b.shape} not aligned",
            arrays=(a, b),
        )


def matmul_of(call: Call, left: Value, right: Value) -> Value:
    """left @ right"""
    a, b = as_array(call, left), as_array(call, right)
    if a is None or b is None or not a.shape.dims or not b.shape.dims:
        return unknown_array(call, left, right)
    x, y = a.shape.dims, b.shape.dims
    _inner(call, a, b, x[-1], y[-2] if len(y) > 1 else y[0])
    batch = broadcast(Shape(x[:-2]), Shape(y[:-2])).shape
    dims = (*(batch.dims or ()), *(x[-2:-1] if len(x) > 1 else ()), *(y[-1:] if len(y) > 1 else ()))
    return make(call, Shape(dims), promote(a.dtype, b.dtype), left, right)


@function("numpy.matmul")
def matmul(call: Call) -> Value:
    """np.matmul(a, b)"""
    return matmul_of(call, *call.args[:2]) if len(call.args) >= 2 else unknown_array(call)


@function("numpy.dot")
@method("numpy.ndarray.dot")
def dot(call: Call) -> Value:
    """np.dot(a, b)"""
    pair = [call.receiver, *call.args] if call.name.startswith("numpy.ndarray.") else call.args
    if len(pair) < 2:
        return unknown_array(call, *pair)
    a, b = as_array(call, pair[0]), as_array(call, pair[1])
    if a is None or b is None or a.shape.dims is None or b.shape.dims is None:
        return unknown_array(call, *pair)
    kind = promote(a.dtype, b.dtype)
    x, y = a.shape.dims, b.shape.dims
    if not x or not y:
        return make(call, Shape(x or y), kind, *pair)
    _inner(call, a, b, x[-1], y[-2] if len(y) > 1 else y[0])
    rest = (*y[:-2], *y[-1:]) if len(y) > 1 else ()
    return make(call, Shape((*x[:-1], *rest)), kind, *pair)


@function("numpy.outer")
def outer(call: Call) -> Value:
    """np.outer(a, b)"""
    a, b = (as_array(call, v) for v in call.args[:2]) if len(call.args) >= 2 else (None, None)
    if a is None or b is None or a.shape.rank is None or b.shape.rank is None:
        return unknown_array(call, *call.args)
    return make(call, Shape((a.shape.size(), b.shape.size())), promote(a.dtype, b.dtype), *call.args)


@function(
    "numpy.linalg.norm", "numpy.linalg.inv", "numpy.linalg.svd", "numpy.linalg.eig", "numpy.linalg.det", "numpy.linalg.solve", "numpy.einsum",
    "numpy.tensordot", "numpy.inner", "numpy.kron", "numpy.cross", "numpy.vdot", "numpy.corrcoef", "numpy.cov", "numpy.convolve", "numpy.interp",
    "numpy.polyfit", "numpy.polyval", "numpy.fft.fft", "numpy.fft.rfft", "numpy.histogram", "numpy.bincount", "numpy.digitize", "numpy.gradient",
)  # fmt: skip
def opaque(call: Call) -> Value:
    """Linear algebra that is not followed."""
    return call.unknown(f"{call.name.removeprefix('numpy.')}() is not followed")
