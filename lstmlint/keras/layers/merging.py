"""Layers that put several tensors together: arithmetic, Concatenate, Dot."""

from __future__ import annotations

from typing import Any

from ...dims import ANY, Dim, same
from ...shapes import UNKNOWN_SHAPE, Shape, broadcast_dims
from ...values import is_known
from ..spec import Outcome, TensorSpec, Use, layer
from ..tensors import children
from .arguments import items, refuse, shown


def _several(use: Use) -> list[TensorSpec] | None:
    """The inputs, which must be a list; None when a rank isn't known."""
    if isinstance(use.inputs, TensorSpec):
        if use.inputs.shape.is_unknown:
            return None
        use.refuse(
            "merge-call", "a list of inputs", "one tensor", f"A merge layer should be called on a list of inputs. Received: input_shape={use.inputs.shape}",
        )  # fmt: skip
    nested = next((item for item in use.inputs if isinstance(item, tuple)), None)
    if nested is not None and use.engine.keras_major >= 3 and not any(t.shape.is_unknown for t in use.tensors):
        use.refuse(
            "merge-call", "a list of tensors", "a list in the list", f"'list' object has no attribute 'shape': one of the inputs is a list of "
            f"{len(nested)}.", sequences=children(use.kwargs.get("~values")) or (), what=use.layer.class_name,
        )  # fmt: skip
    found = use.tensors
    return None if any(t.shape.dims is None for t in found) or not found else found


def _batch(use: Use, found: list[TensorSpec]) -> Dim:
    """The batch size that a merge states: the one that is fixed. Two different ones are refused: when it is built any, later those that can't
    be broadcast."""
    batches = [t.shape[0] for t in found if t.shape.dims]
    others = [b for b in batches if not (use.layer.built and b.known == 1)]
    if any(same(a, b) is False for n, a in enumerate(others) for b in others[:n]):
        _refuse(use, found, "inputs of the same batch size", "Cannot merge tensors with different batch sizes.")
    batches = others or batches
    if any(b.is_unknown for b in batches):
        return ANY
    fixed = [b for b in batches if b.exact is not None]
    if not fixed:
        return batches[0] if batches else Dim(None)
    return fixed[0] if all(same(fixed[0], b) for b in fixed) else ANY


def _refuse(use: Use, found: list[TensorSpec], required: str, message: str, **details: Any) -> None:
    shapes = " and ".join(str(t.shape) for t in found)
    use.refuse(
        "merge", required, shapes, f"{message} Received: {shapes}", shapes=tuple(t.shape for t in found), **details
    )


@layer(
    "keras.layers.Add", "keras.layers.Subtract", "keras.layers.Multiply", "keras.layers.Average", "keras.layers.Maximum",
    "keras.layers.Minimum",
)  # fmt: skip
def merge(use: Use) -> Outcome:
    """Shapes are aligned at the right, behind the batch axis; an axis that isn't fixed in one input is not fixed in the result."""
    found = _several(use)
    if found is None:
        return Outcome(TensorSpec(Shape(None)), mask="lose")
    if any(t.shape.rank == 0 for t in found):
        text = "tuple index out of range" if use.engine.keras_major >= 3 else "dim 1 not in the interval [-1, 0]"
        _refuse(use, found, "inputs with a batch axis", f"{text}: a scalar has none.")
    batch = _batch(use, found)
    made = list(found[0].shape.dims or ())[1:]
    for other in found[1:]:
        second = list(other.shape.dims or ())[1:]
        short, long = (made, second) if len(made) < len(second) else (second, made)
        dims = long[: len(long) - len(short)]
        for a, b in zip(long[len(long) - len(short) :], short):
            one = (
                ANY
                if a.is_unknown or b.is_unknown
                else Dim(None, a.role)
                if a.is_none or b.is_none
                else broadcast_dims(a, b)
            )
            if one is None:
                use.refuse(
                    "merge", "inputs of shapes that go together", f"{found[0].shape} and {other.shape}",
                    f"Inputs have incompatible shapes. Received shapes {Shape(tuple(made))} and {other.shape.slice(1)}",
                    shapes=tuple(t.shape for t in found),
                )  # fmt: skip
            dims.append(one)
        made = dims
    if use.layer.class_name == "Subtract" and len(found) != 2:
        _refuse(use, found, "exactly 2 inputs", "A `Subtract` layer should be called on exactly 2 inputs.")
    return Outcome(found[0].with_shape(Shape((batch, *made))), mask=all(t.masked for t in found))


@layer("keras.layers.Concatenate")
def concatenate(use: Use) -> Outcome:
    found = _several(use)
    axis = use.value("axis", -1)
    if found is None or not isinstance(axis, int):
        return Outcome(TensorSpec(Shape(None)), mask="lose")
    rank = len(found[0].shape)
    if any(len(t.shape) != rank for t in found):
        _refuse(use, found, "inputs of the same rank", "A `Concatenate` layer requires inputs with matching shapes.")
    if not -rank <= axis < rank:
        if len(found) == 1 and axis > 0:
            return Outcome(found[0], mask="lose")
        _refuse(use, found, f"an axis from {-rank} to {rank - 1}", f"Axis {axis} is out of range.", axis=axis)
    at = axis % rank
    dims: list[Dim] = []
    for i in range(rank):
        column = [t.shape[i] for t in found]
        if i == at:
            total = column[0]
            for dim in column[1:]:
                total = total + dim
            # Keras stops adding at the first axis that isn't fixed
            total = (
                Dim(None)
                if any(dim.is_none for dim in column)
                else ANY
                if any(dim.is_unknown for dim in column)
                else total
            )
            dims.append(Dim(total.size, column[0].role))
            continue
        if any(same(a, b) is False for n, a in enumerate(column) for b in column[:n]):
            _refuse(
                use, found, f"inputs with the same size in every axis but {axis}",
                "A `Concatenate` layer requires inputs with matching shapes except for the concatenation axis.", axis=axis,
            )  # fmt: skip
        dims.append(column[0])
    return Outcome(found[0].with_shape(Shape(tuple(dims))), mask=any(t.masked for t in found))


def _axes(use: Use) -> None:
    value = use.value("axes")
    row = items(value)
    if row is not None and (len(row) != 2 or any(is_known(a) and not isinstance(a, int) for a in row)):
        refuse(
            use,
            "axes",
            "an integer or two",
            f"Invalid format for argument `axes`: it should contain two integers. Received: axes={shown(value)}",
        )
    if value is None or isinstance(value, (str, float)):
        refuse(
            use, "axes", "an integer or two", f"Invalid type for argument `axes`: it should be a list or an int. Received: axes={shown(value)}",
            exception="TypeError",
        )  # fmt: skip


@layer("keras.layers.Dot", constructor=_axes)
def dot(use: Use) -> Outcome:
    found, given = _several(use), use.value("axes")
    unknown = Outcome(use.tensor.with_shape(UNKNOWN_SHAPE), mask="lose")
    if found is None:
        return unknown
    if len(found) != 2:
        _refuse(use, found, "exactly 2 inputs", "A `Dot` layer should be called on a list of 2 inputs.")
    one, two = (list(t.shape.dims or ()) for t in found)
    row = items(given) if items(given) is not None else [given, given]
    if row is None or not all(isinstance(a, int) for a in row):
        return unknown
    if isinstance(given, int) and given < 0 and one and two:
        row = [given % len(one), given % len(two)]
    if any(not -len(dims) <= axis < len(dims) for dims, axis in zip((one, two), row)):
        _refuse(use, found, "axes that the inputs have", f"The axes {shown(given)} are out of range.", axis=row[0])
    first, second = one[row[0]], two[row[1]]
    # here Keras compares the sizes as they are: one that isn't fixed differs from every number
    if (
        same(first, second) is False
        or (first.is_none and second.known is not None)
        or (second.is_none and first.known is not None)
    ):
        _refuse(
            use,
            found,
            "the same size in both axes",
            f"Incompatible input shapes: axis values {first} != {second}.",
            axis=row[0],
        )
    one.pop(row[0])
    two.pop(row[1])
    if not two:
        _refuse(use, found, "inputs of rank 2 or more", "pop from empty list.")
    made = [*one, *two[1:]]
    return Outcome(use.tensor.with_shape(Shape.from_sizes(made if len(made) > 1 else [*made, 1])), mask="lose")
