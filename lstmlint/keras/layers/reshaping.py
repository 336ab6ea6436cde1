"""Layers that only arrange the same numbers in another shape, or repeat them."""

from __future__ import annotations

from ...dims import ANY, Dim, Role, is_left_to_calculate, product, same
from ...shapes import Shape
from ...values import Unknown, is_int, is_known, to_dim
from ..spec import Outcome, TensorSpec, Use, layer
from .arguments import all_integers, items, layout, numpy_number, positive, refuse, shown


@layer("keras.layers.Flatten", min_ndim=1, constructor=layout)
def flatten(use: Use) -> Outcome:
    x = use.tensor
    if x.shape.dims is None:
        return Outcome(x.with_shape(Shape.of(None, ANY)), mask="destroy", dtype="floats")
    rest = x.shape.dims[1:]
    made = Shape.of(x.shape.dims[0], product(rest) if rest else 1)
    if any(d.is_none for d in rest):
        made = Shape.of(x.shape.dims[0], None)
    return Outcome(x.with_shape(made), mask="destroy", dtype="floats")


def _target(use: Use) -> None:
    value = use.value("target_shape")
    row = items(value)
    if row is None:
        if value is None or isinstance(value, (int, float)):
            refuse(
                use,
                "target_shape",
                "a tuple of sizes",
                f"'{type(value).__name__}' object is not iterable",
                exception="TypeError",
            )
        return
    numbers = [v for v in row if isinstance(v, int)]
    if numbers.count(-1) > 1 or any(v < -1 for v in numbers):
        refuse(
            use, "target_shape", "sizes, at most one of them -1",
            f"There must be at most one unknown dimension (-1) in `target_shape`. Received: target_shape={shown(value)}.",
        )  # fmt: skip


@layer("keras.layers.Reshape", constructor=_target)
def reshape(use: Use) -> Outcome:
    """An axis that isn't fixed in the input or the target switches all checking off, and -1 then gives an axis that isn't fixed."""
    x, row = use.tensor, items(use.value("target_shape"))
    if row is None:
        return Outcome(x.with_shape(Shape(None)), mask="destroy", dtype="floats")
    dims = [to_dim(v) if v is None or is_int(v) else Dim(None) if isinstance(v, (str, float)) else ANY for v in row]
    free = [i for i, d in enumerate(dims) if is_left_to_calculate(d)]
    rest = x.shape.dims[1:] if x.shape.dims is not None else (ANY,)
    if any(d.is_none for d in (*rest, *dims)):
        for i in free:
            dims[i] = Dim(None)
        return _reshaped(x, dims)
    total, fixed = product(rest), product(d for i, d in enumerate(dims) if i not in free)
    if not free:
        if same(total, fixed) is False:
            _refuse_reshape(use, x, dims)
        return _reshaped(x, dims)
    if fixed.known == 0 or (total.known is not None and fixed.known is not None and total.known % fixed.known):
        _refuse_reshape(use, x, dims)
    dims[free[0]] = Dim((total // fixed).size) if total.exact is not None and fixed.exact is not None else ANY
    return _reshaped(x, dims)


def _reshaped(x: TensorSpec, dims: list[Dim]) -> Outcome:
    batch = x.shape.get(0) if x.shape.dims else Dim(None)
    return Outcome(x.with_shape(Shape((batch, *dims))), mask="destroy", dtype="floats")


def _refuse_reshape(use: Use, x: TensorSpec, dims: list[Dim]) -> None:
    use.refuse(
        "reshape", f"as many elements as {x.shape} has per sample", str(Shape(tuple(dims))),
        f"The total size of the tensor must be unchanged. Received: input_shape={x.shape}, target_shape={Shape(tuple(dims))}",
        blamed=("target_shape",), shape=x.shape, target=Shape(tuple(dims)),
    )  # fmt: skip


def _order(use: Use) -> None:
    row = items(use.value("dims"))
    if row is not None and all_integers(row) and is_known(tuple(row)) and sorted(row) != list(range(1, len(row) + 1)):
        refuse(
            use, "dims", f"the numbers 1 to {len(row)} in some order",
            "Invalid permutation argument `dims` for Permute Layer. The set of indices in `dims` must be consecutive and start from 1. "
            f"Received dims={shown(use.value('dims'))}",
        )  # fmt: skip


@layer("keras.layers.Permute", constructor=_order)
def permute(use: Use) -> Outcome:
    x, row = use.tensor, items(use.value("dims"))
    if row is None or x.shape.dims is None or not all(isinstance(i, int) for i in row):
        return Outcome(x.with_shape(Shape(None)), mask="destroy", dtype="floats")
    if len(row) + 1 != len(x.shape.dims):
        use.refuse(
            "rank", f"{len(row) + 1} axes", str(x.shape), f"expected ndim={len(row) + 1}, found ndim={len(x.shape)}", shape=x.shape,
        )  # fmt: skip
    made = Shape((x.shape.dims[0], *(x.shape[i] for i in row)))
    return Outcome(x.with_shape(made), mask="destroy", dtype="floats")


def _times(use: Use) -> None:
    value = use.value("n")
    if numpy_number(value):
        positive("n")(use)
    if isinstance(value, Unknown) or not is_known(value):
        return
    if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
        refuse(
            use, "n", "a positive integer for `n`", f"Expected an integer value for `n`, got {shown(value)}.", "not-a-positive-integer",
            "TypeError" if isinstance(value, bool) or not isinstance(value, int) else "ValueError",
        )  # fmt: skip


@layer("keras.layers.RepeatVector", ndim=2, constructor=_times)
def repeat_vector(use: Use) -> Outcome:
    x = use.tensor
    made = Shape.of(x.shape.get(0), use.size("n").with_role(Role.TIME), x.shape.get(-1))
    return Outcome(x.with_shape(made), mask="destroy")
