"""Products: matmul, einsum, dot, tensordot, and the batch_dot of the older style."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...dims import Dim, same
from ...shapes import Shape, broadcast
from ...values import Unknown
from ..spec import TensorSpec
from ..tensors import UNKNOWN_SPEC
from .elementwise import binary, spec
from .performing import Compute, Conflict
from .reduction import axes_of


def matmul(a: Mapping[str, Any]) -> TensorSpec:
    x, y = spec(a["x1"]), spec(a["x2"])
    if x.shape.dims is None or y.shape.dims is None or len(x.shape) < 1 or len(y.shape) < 1:
        return UNKNOWN_SPEC
    if any(isinstance(flag, Unknown) for flag in a.values()):  # whether one is transposed
        return UNKNOWN_SPEC
    left, right = list(x.shape.dims), list(y.shape.dims)
    if a.get("transpose_a") or a.get("adjoint_a"):
        left[-2:] = left[:-3:-1]
    if a.get("transpose_b") or a.get("adjoint_b"):
        right[-2:] = right[:-3:-1]
    inner = right[-2] if len(right) > 1 else right[0]
    if same(left[-1], inner) is False:
        raise Conflict("axis-size", "inner sizes that are the same", f"{x.shape} and {y.shape}")
    if len(left) == 1 or len(right) == 1:
        dims = left[:-1] if len(right) == 1 else [*right[:-2], right[-1]]
        return TensorSpec(Shape(tuple(dims)), x.dtype)
    lead = broadcast(Shape(tuple(left[:-2])), Shape(tuple(right[:-2])))
    if lead.conflict is not None:
        raise Conflict("broadcast", "leading axes that can be broadcast together", f"{x.shape} and {y.shape}")
    return TensorSpec(lead.shape.extend(left[-2], right[-1]), x.dtype)


def dot(a: Mapping[str, Any]) -> TensorSpec:
    x, y = spec(a["x1"]), spec(a["x2"])
    if x.shape.dims is None or y.shape.dims is None:
        return UNKNOWN_SPEC
    if not x.shape.dims or not y.shape.dims:
        return binary(a)
    at = -2 if len(y.shape) > 1 else -1
    vectors = len(x.shape) == len(y.shape) == 1  # whose sizes Keras compares only when there are values
    if not vectors and same(x.shape[-1], y.shape[at]) is False:
        raise Conflict("axis-size", "inner sizes that are the same", f"{x.shape} and {y.shape}")
    rest = y.shape.remove(at).dims or ()
    return TensorSpec(Shape((*x.shape.dims[:-1], *rest)), x.dtype)


def tensordot(a: Mapping[str, Any]) -> TensorSpec:
    x, y, axes = spec(a["x1"]), spec(a["x2"]), a.get("axes", 2)
    if x.shape.dims is None or y.shape.dims is None:
        return UNKNOWN_SPEC
    if isinstance(axes, int):
        left, right = list(range(len(x.shape) - axes, len(x.shape))), list(range(axes))
    elif isinstance(axes, tuple) and len(axes) == 2:
        left, right = axes_of(axes[0], len(x.shape)) or [], axes_of(axes[1], len(y.shape)) or []
    else:
        return UNKNOWN_SPEC
    if a.get("~merge") and any(same(x.shape[i], y.shape[j]) is False for i, j in zip(left, right)):
        raise Conflict("axis-size", "summed axes of the same size", f"{x.shape} and {y.shape}")
    kept = [d for i, d in enumerate(x.shape.dims) if i not in left]
    return TensorSpec(Shape((*kept, *(d for i, d in enumerate(y.shape.dims) if i not in right))), x.dtype)


def tensordot_checked(a: Mapping[str, Any]) -> TensorSpec:
    """Keras's own, which compares the sizes of axes that are named."""
    return tensordot({**a, "~merge": True} if isinstance(a.get("axes"), tuple) else a)


def outer(a: Mapping[str, Any]) -> TensorSpec:
    """Each value of one with each of the other; open axes make an open size."""
    x, y = spec(a["x1"]), spec(a["x2"])
    if x.shape.dims is None or y.shape.dims is None:
        return UNKNOWN_SPEC
    sizes = [Dim(None) if any(d.is_none for d in one.shape.dims or ()) else one.shape.size() for one in (x, y)]
    return TensorSpec(Shape(tuple(sizes)), x.dtype)


def batch_dot(a: Mapping[str, Any]) -> TensorSpec:
    """`K.batch_dot(x, y, axes)`: the products of the samples, never fewer than two axes."""
    x, y, axes = spec(a["x1"]), spec(a["x2"]), a.get("axes")
    if x.shape.dims is None or y.shape.dims is None or len(x.shape) < 2 or len(y.shape) < 2:
        return UNKNOWN_SPEC
    if axes is None:
        axes = (len(x.shape) - 1, len(y.shape) - 1 if len(y.shape) == 2 else len(y.shape) - 2)
    if isinstance(axes, int):
        axes = (axes, axes)
    if not isinstance(axes, tuple) or len(axes) != 2 or not all(isinstance(i, int) for i in axes):
        return UNKNOWN_SPEC
    i, j = axes[0] % len(x.shape), axes[1] % len(y.shape)
    if same(x.shape[i], y.shape[j]) is False:
        raise Conflict("axis-size", "summed axes of the same size", f"{x.shape} and {y.shape}")
    left = [d for n, d in enumerate(x.shape.dims) if n != i]
    right = [d for n, d in enumerate(y.shape.dims) if n not in (0, j)]
    dims = [*left, *right]
    return TensorSpec(Shape(tuple(dims if len(dims) > 1 else [*dims, Dim(1)])), x.dtype)


def einsum(a: Mapping[str, Any]) -> TensorSpec:
    equation = a["x"]
    operands = [spec(value) for name, value in a.items() if name.startswith("args[")]
    if not isinstance(equation, str) or "..." in equation or any(o.shape.dims is None for o in operands):
        return UNKNOWN_SPEC
    text = equation.replace(" ", "")
    inputs, arrow, output = text.partition("->")
    labels = inputs.split(",")
    if len(labels) != len(operands):
        raise Conflict("einsum", f"{len(labels)} operands for {equation!r}", str(len(operands)))
    found: dict[str, Dim] = {}
    for label, operand in zip(labels, operands):
        if len(label) != len(operand.shape):
            raise Conflict("einsum", f"an operand of rank {len(label)} for {label!r}", str(operand.shape))
        for letter, size in zip(label, operand.shape):
            before = found.get(letter)
            if before is not None and same(before, size) is False and a.get("~merge"):  # Keras itself doesn't look
                if 1 in (before.known, size.known):
                    return UNKNOWN_SPEC
                raise Conflict("einsum", f"the same size for every {letter!r} in {equation!r}", f"{before} and {size}")
            if before is not None and not a.get("~merge") and 1 in (before.known, size.known):
                found[letter] = (
                    size if before.known == 1 else before
                )  # Keras broadcasts, so that 1 yields to what is open
            elif before is None or (before.exact is None and size.exact is not None):
                found[letter] = size
    if not arrow:
        output = "".join(sorted(letter for letter in set(inputs) - {","} if inputs.count(letter) == 1))
    return TensorSpec(Shape(tuple(found[letter] for letter in output)), operands[0].dtype)


LINEAR_OPERATIONS: dict[str, tuple[str, Compute]] = {
    "matmul": ("x1, x2", matmul),
    "dot": ("x1, x2", dot),
    "tensordot": ("x1, x2, axes=2", tensordot_checked),
    "einsum": ("x, *operands, **options", einsum),
    "outer": ("x1, x2", outer),
}
