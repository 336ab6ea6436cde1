"""Products of matrices."""

from __future__ import annotations

from ...dims import UNKNOWN, Dim, same
from ...knowledge import Call, function, method
from ...shapes import UNKNOWN_SHAPE, Shape, broadcast
from ...values import Array, Value, is_int
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


@function("numpy.einsum")
def einsum(call: Call) -> Value:
    """np.einsum("ij,jk->ik", a, b): the sizes that the letters stand for."""
    text = call.args[0] if call.args else None
    arrays = [as_array(call, v) for v in call.args[1:]]
    if (
        not isinstance(text, str)
        or "..." in text
        or call.open
        or any(a is None or a.shape.dims is None for a in arrays)
    ):
        return unknown_array(call, *call.args[1:])
    left, arrow, right = text.replace(" ", "").partition("->")
    terms = left.split(",")
    if len(terms) != len(arrays) or any(len(t) != len(a.shape) for t, a in zip(terms, arrays) if a is not None):
        return unknown_array(call, *call.args[1:])
    sizes: dict[str, Dim] = {}
    for term, array in zip(terms, arrays):
        for letter, dim in zip(term, array.shape if array is not None else ()):
            old = sizes.get(letter)
            if old is not None and same(old, dim) is False and 1 not in (old.known, dim.known):
                message = f"operands could not be broadcast together: {letter} is {old} and {dim}"
                call.refuse("einsum", f"one size for {letter}", f"{old} and {dim}", message, arrays=tuple(arrays))
            if old is None or old.known is None or old.known == 1:
                sizes[letter] = dim
    if not arrow:
        right = "".join(sorted(c for c in set(left) - {","} if left.count(c) == 1))
    kind = promote(*(a.dtype for a in arrays if a is not None))
    return make(call, Shape(tuple(sizes[c] for c in right if c in sizes)), kind, *call.args[1:])


@function("numpy.tensordot")
def tensordot(call: Call) -> Value:
    """np.tensordot(a, b, axes=2)"""
    a, b = (as_array(call, v) for v in call.args[:2]) if len(call.args) >= 2 else (None, None)
    axes = call.kwargs.get("axes", call.args[2] if len(call.args) > 2 else 2)
    if a is None or b is None or a.shape.dims is None or b.shape.dims is None:
        return unknown_array(call, *call.args)
    x, y = a.shape.dims, b.shape.dims
    if not isinstance(axes, int) or isinstance(axes, bool) or not 0 <= axes <= min(len(x), len(y)):
        return unknown_array(call, *call.args, dtype=promote(a.dtype, b.dtype))
    for one, other in zip(x[len(x) - axes :], y[:axes]):
        if same(one, other) is False:
            call.refuse(
                "matmul",
                "equal sizes on the axes that are summed",
                f"{a.shape} and {b.shape}",
                "shape-mismatch for sum",
                arrays=(a, b),
            )
    return make(call, Shape((*x[: len(x) - axes], *y[axes:])), promote(a.dtype, b.dtype), *call.args)


@function("numpy.kron")
def kron(call: Call) -> Value:
    """np.kron(a, b): sizes multiply."""
    a, b = (as_array(call, v) for v in call.args[:2]) if len(call.args) >= 2 else (None, None)
    if a is None or b is None or a.shape.rank is None or a.shape.rank != b.shape.rank:
        return unknown_array(call, *call.args)
    dims = tuple(Dim((x * y).size) for x, y in zip(a.shape, b.shape))
    return make(call, Shape(dims), promote(a.dtype, b.dtype), *call.args)


@function("numpy.linalg.inv", "numpy.linalg.pinv", "numpy.linalg.cholesky", "numpy.linalg.matrix_power")
def of_square(call: Call) -> Value:
    """Matrices out of matrices: square ones keep their shape, pinv turns it."""
    array = as_array(call, call.args[0]) if call.args else None
    if array is None or array.shape.rank is None or array.shape.rank < 2 or array.shape.dims is None:
        return unknown_array(call, *call.args)
    dims = array.shape.dims
    if call.name.endswith("pinv"):
        return make(call, Shape((*dims[:-2], dims[-1], dims[-2])), "float" if array.dtype != "complex" else None, array)
    if same(dims[-1], dims[-2]) is False:
        call.refuse(
            "matmul",
            "a square matrix",
            str(array.shape),
            "Last 2 dimensions of the array must be square",
            exception="LinAlgError",
            array=array,
        )
    kind = (
        array.dtype
        if call.name.endswith("matrix_power")
        else "float"
        if array.dtype in ("float", "int", "bool")
        else None
    )
    return make(call, array.shape, kind, array)


@function("numpy.linalg.norm")
def norm(call: Call) -> Value:
    """np.linalg.norm(x, axis=None, keepdims=False)"""
    array = as_array(call, call.args[0]) if call.args else None
    axis = call.kwargs.get("axis", call.args[2] if len(call.args) > 2 else None)
    if array is None:
        return unknown_array(call, *call.args, dtype="float")
    from .reduction import reduced

    if (
        axis is None
        and call.kwargs.get("ord", call.args[1] if len(call.args) > 1 else None) is not None
        and array.shape.rank not in (1, 2)
    ):
        return unknown_array(call, array)
    kind = "float" if array.dtype in ("float", "int", "bool") else None
    return make(call, reduced(call, array, axis, call.kwargs.get("keepdims", False)), kind, array, low=0.0)


@function("numpy.linalg.det", "numpy.trace", "numpy.linalg.matrix_rank", "numpy.vdot")
def number(call: Call) -> Value:
    """A number for a matrix."""
    array = as_array(call, call.args[0]) if call.args else None
    if call.name.endswith("vdot") or (array is not None and array.shape.rank == 2):
        return make(call, Shape.of(), None, *call.args)
    return unknown_array(call, *call.args)


@function("numpy.cov", "numpy.corrcoef")
def covariance(call: Call) -> Value:
    """A square matrix over the rows."""
    array = as_array(call, call.args[0]) if call.args else None
    if array is None or array.shape.rank != 2 or len(call.args) > 1 or call.kwargs:
        return unknown_array(call, *call.args)
    rows = array.shape[0]
    return make(
        call,
        Shape((rows, rows)) if rows.known != 1 else UNKNOWN_SHAPE,
        "float" if array.dtype in ("float", "int") else None,
        array,
    )


@function("numpy.interp")
def interp(call: Call) -> Value:
    """np.interp(x, xp, fp): as many values as x has."""
    array = as_array(call, call.args[0]) if call.args else None
    return make(call, array.shape if array is not None else UNKNOWN_SHAPE, None, *call.args)


@function("numpy.convolve")
def convolve(call: Call) -> Value:
    """np.convolve(a, v, mode="full")"""
    a, v = (as_array(call, x) for x in call.args[:2]) if len(call.args) >= 2 else (None, None)
    mode = call.kwargs.get("mode", call.args[2] if len(call.args) > 2 else "full")
    if a is None or v is None or a.shape.rank != 1 or v.shape.rank != 1 or mode != "full":
        known = (
            a is not None and v is not None and a.shape.rank == 1 and v.shape.rank == 1 and mode in ("same", "valid")
        )
        n, m = (a.shape[0].known, v.shape[0].known) if known and a is not None and v is not None else (None, None)
        if n is None or m is None:
            return make(call, Shape.any(1), None, *call.args)
        size = max(n, m) if mode == "same" else max(n, m) - min(n, m) + 1
        return make(
            call, Shape.of(size), promote(a.dtype, v.dtype) if a is not None and v is not None else None, *call.args
        )
    return make(call, Shape((a.shape[0] + v.shape[0] - 1,)), promote(a.dtype, v.dtype), *call.args)


@function("numpy.bincount", "numpy.histogram", "numpy.digitize", "numpy.fft.fft", "numpy.fft.ifft", "numpy.fft.rfft")
def counted(call: Call) -> Value:
    """Counts and spectra."""
    short, array = call.name.rpartition(".")[2], as_array(call, call.args[0]) if call.args else None
    if short == "digitize":
        return make(call, array.shape if array is not None else UNKNOWN_SHAPE, "int", *call.args)
    if short == "bincount":
        return make(
            call, Shape.any(1), "int" if "weights" not in call.kwargs and len(call.args) == 1 else None, *call.args
        )
    if short == "histogram":
        bins = call.kwargs.get("bins", call.args[1] if len(call.args) > 1 else 10)
        size = Dim.of(bins) if is_int(bins) else Dim(UNKNOWN)
        return (make(call, Shape((size,)), None, *call.args), make(call, Shape((size + 1,)), None, *call.args))
    if array is None or not array.shape.dims or len(call.args) > 1 or call.kwargs:
        return unknown_array(call, *call.args)
    last = array.shape.dims[-1]
    size = last // 2 + 1 if short == "rfft" else last
    return make(call, Shape((*array.shape.dims[:-1], size)), "complex", array)


@function(
    "numpy.linalg.svd", "numpy.linalg.eig", "numpy.linalg.eigh", "numpy.linalg.qr", "numpy.linalg.solve", "numpy.linalg.lstsq", "numpy.inner",
    "numpy.cross", "numpy.polyfit", "numpy.polyval", "numpy.gradient",
)  # fmt: skip
def opaque(call: Call) -> Value:
    """Linear algebra that is not followed."""
    return call.unknown(f"{call.name.removeprefix('numpy.')}() is not followed")
