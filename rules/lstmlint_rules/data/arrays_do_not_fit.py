"""Arrays are joined, calculated with or assigned whose shapes don't go together.

What it does: compares the shapes of NumPy arrays in `concatenate`, `append`, `stack` and their kin, in arithmetic and
matrix products, and where one array is assigned to a part of another. It speaks where a difference is certain.

Why is this bad: NumPy raises.

Example:

    extended = np.zeros((len(predicted), 4))
    extended[:, 3] = predicted                 # (106, 1) into (106,)

Use instead:

    extended[:, 3] = predicted[:, 0]

References: https://numpy.org/doc/stable/user/basics.broadcasting.html
"""

from __future__ import annotations

import ast

from lstmlint.diagnostic import ShapePair
from lstmlint.dims import same
from lstmlint.faults import Fault
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.shapes import Shape, broadcast
from lstmlint.values import Array

from ..evidence import label
from ..provenance import ancestors

_HEAD = """
import keras
import numpy as np
model = keras.Sequential([keras.Input((10, 3)), keras.layers.LSTM(4), keras.layers.Dense(1)])
X = np.zeros((20, 10, 3))
predicted = model.predict(X, verbose=0)
"""
BAD = [
    _HEAD + "last = np.append(X[0][1:], predicted[:1], axis=0)\n",
    _HEAD + "extended = np.zeros((len(X), 4))\nextended[:, 3] = predicted\n",
    _HEAD + "error = predicted - np.zeros((15, 1))\n",
    _HEAD + "both = np.stack([X[0], X[0, 1:]])\n",
    _HEAD + "product = X[0] @ X[1]\n",
]
GOOD = [
    _HEAD + "last = np.append(X[0][1:], np.tile(predicted[:1], 3), axis=0)\n",
    _HEAD + "extended = np.zeros((len(X), 4))\nextended[:, 3] = predicted[:, 0]\n",
    _HEAD + "error = predicted - np.zeros((20, 1))\n",
    _HEAD + "both = np.stack([X[0, :-1], X[0, 1:]])\n",
    _HEAD + "product = X[0] @ X[1].T\n",
]


@claim(
    "DAT031", "arrays-do-not-fit", Severity.ERROR, kinds=("concatenate", "stack", "broadcast", "assign", "matmul")
)  # fmt: skip
def arrays_do_not_fit(fault: Fault, program: Program) -> Finding | None:
    arrays = fault.details.get("arrays")
    if not isinstance(fault.subject, str) or not fault.subject.startswith("numpy.") or not isinstance(arrays, tuple):
        return None
    if len(arrays) < 2 or any(a.type_name.startswith(("scipy", "tensorflow", "keras")) for a in arrays):
        return None
    first, second, axis = _two_that_differ(fault, arrays)
    what = _written(fault.place)
    if fault.kind == "assign":
        told = f"An array of {first.shape} can't be put into {what}, which is {second.shape}: NumPy raises."
    elif fault.kind == "matmul":
        told = f"{what} needs {fault.required}, but gets {first.shape} and {second.shape}: NumPy raises."
    else:
        differ = f" differ in axis {axis[0]}, {label(axis[1])} and {label(axis[2])}" if axis else " don't go together"
        told = f"{what} gets {first.shape} and {second.shape}, which{differ}: NumPy raises."
    made = [(f"{a.shape} comes from here", a.place) for a in (first, second) if a.place not in (None, fault.place)]
    return Finding(
        fault.place,
        f"{told} {_advice(fault, first, second)}",
        shapes=ShapePair(fault.required, fault.got),
        related=tuple(
            (text, place) for text, place in made if place is not None and place.node is not fault.place.node
        ),
        key=fault.place.node,
    )


def _two_that_differ(fault: Fault, arrays: tuple[Array, ...]) -> tuple[Array, Array, tuple[int, object, object] | None]:
    """The first pair that does not go together, and the axis with both sizes where the two have one in common that differs."""
    for i, one in enumerate(arrays):
        for other in arrays[i + 1 :]:
            a, b = one.shape, other.shape
            if fault.kind == "broadcast":
                at = broadcast(a, b).conflict
                if at is not None:
                    from_front = at + (a.rank or 0) if a.rank == b.rank else at
                    return one, other, (from_front, a.get(at), b.get(at))
            elif a.rank != b.rank:
                return one, other, None
            else:
                free = None if fault.kind == "stack" else fault.details.get("axis")
                axes = range(a.rank or 0) if free is None else (free,)
                differing = [x for x in axes if same(a[x], b[x]) is False]
                if differing:
                    return one, other, (differing[0], a[differing[0]], b[differing[0]])
    return arrays[0], arrays[1], None


def _advice(fault: Fault, first: Array, second: Array) -> str:
    a, b = first.shape, second.shape
    if fault.kind == "assign":
        column = a.rank == (b.rank or 0) + 1 and a.get(-1).known == 1
        return "Take its only column: [:, 0]." if column and a.rank == 2 else "Give both the same shape."
    if fault.kind == "matmul":
        return "Transpose one of the two if its axes are the wrong way round."
    if fault.kind in ("concatenate", "stack") and a.rank != b.rank:
        return f"Give both as many axes: {_with_axes(a, b)}."
    predicted = next((x for x in (second, first) if any("predicted_by" in p.facts for p in ancestors(x))), None)
    other = first if predicted is second else second
    if fault.kind == "concatenate" and predicted is not None and predicted.shape.rank == other.shape.rank == 2:
        have, want = predicted.shape.get(-1).known, other.shape.get(-1).known
        if have is not None and want is not None and have < want:
            return (
                f"The model predicts {have} of the {want} columns: for a forecast that goes on from itself it must predict all of them, or "
                "the others must come from elsewhere."
            )
    if fault.kind == "broadcast":
        return "Sizes must be equal, or one of the two 1."
    if fault.kind == "stack":
        return "All arrays must have one shape."
    return "Only the axis along which arrays are joined may differ."


def _with_axes(a: Shape, b: Shape) -> str:
    less, more = (a, b) if (a.rank or 0) < (b.rank or 0) else (b, a)
    if less.rank == 1 and more.rank == 2:
        return f"{less} becomes a row with [None], a column with [:, None]"
    return f"{less} lacks {(more.rank or 0) - (less.rank or 0)}, which [None] or np.expand_dims adds"


def _written(place: Place) -> str:
    """The call's function, or the expression if it is short, as the program writes it."""
    node = place.node
    if isinstance(node, ast.Call):
        return f"`{Place(place.tree, node.func).text}`"
    text = place.text
    return f"`{text}`" if len(text) <= 60 and "\n" not in text else "This"
