"""An index is larger than the array.

What it does: compares the indices into NumPy arrays, where they are known, with the size of the axis that they stand on.
Lists and arrays of indices count as well.

Why is this bad: NumPy raises IndexError. Indices are counted from 0, so that the last of n is n - 1: labels from 1 to 5
need six columns, or 1 less.

Example:

    one_hot = np.zeros((5, 5))
    one_hot[np.arange(5), [1, 2, 3, 4, 5]] = 1

Use instead:

    one_hot = np.zeros((5, 5))
    one_hot[np.arange(5), np.array([1, 2, 3, 4, 5]) - 1] = 1

References: https://numpy.org/doc/stable/user/basics.indexing.html
"""

from __future__ import annotations

import ast

from lstmlint.diagnostic import ShapePair
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import Array

from ..training import named

_HEAD = """
import keras
import numpy as np
series = np.zeros((100, 12, 8))
"""
BAD = [
    _HEAD + "last = series[:, 12, :]\n",
    _HEAD + "column = series[..., -9]\n",
    _HEAD + "for row in range(4):\n    series[row, 0, 2 * row + 3] = 1\n",
    _HEAD + "one_hot = np.zeros((5, 5))\none_hot[np.arange(5), [1, 2, 3, 4, 5]] = 1\n",
    _HEAD + "rows = np.eye(5)[[0, 2, 5]]\n",
]
GOOD = [
    _HEAD + "last = series[:, 11, :]\ntail = series[:, 12:, :]\n",
    _HEAD + "column = series[..., -8]\n",
    _HEAD + "for row in range(3):\n    series[row, 0, 2 * row + 3] = 1\n",
    _HEAD + "one_hot = np.zeros((5, 6))\none_hot[np.arange(5), [1, 2, 3, 4, 5]] = 1\n",
    _HEAD + "rows = np.eye(5)[[0, 2, -5]]\n",
    _HEAD + "for row in range(4):\n    if row < 3:\n        series[row, 0, 2 * row + 3] = 1\n",
]


@claim("DAT033", "index-out-of-bounds", Severity.ERROR, kinds=("index",), specificity=5)
def index_out_of_bounds(fault: Fault, program: Program) -> Finding | None:
    array, axis, index = fault.details.get("array"), fault.details.get("axis"), fault.details.get("index")
    if not isinstance(array, Array) or array.type_name != "numpy.ndarray" or axis is None or index is None:
        return None
    if not isinstance(fault.subject, str) or not fault.subject.startswith("numpy."):
        return None
    node = fault.place.node
    size = array.shape[axis].known or 0
    given = f"{named(array, 'the array')}, {array.shape},"
    runs = f"whose indices run from 0 to {size - 1}" if size else "which is empty"
    return Finding(
        fault.place,
        f"Axis {axis} of {given} has {size} {'entry' if size == 1 else 'entries'}, {runs}: [{index}] raises IndexError."
        + (" Counted from 0, the last one is 1 less than their number." if index == size and size else ""),
        shapes=ShapePair(fault.required, fault.got),
        related=(("the array is made here", array.place),) if array.place is not None else (),
        key=node.target if isinstance(node, ast.AugAssign) else node,  # it is read and written
    )
