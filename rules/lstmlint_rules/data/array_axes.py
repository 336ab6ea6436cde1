"""An array does not have the axes that the program works with.

What it does: looks where an axis of a NumPy array is named that it doesn't have: by `axis=`, by more indices than it has
axes, by `X.shape[2]`, by `samples, steps, features = X.shape` or by the axes of `transpose`; and where an axis hasn't the
size that `squeeze` or `split` needs, or `float` and `int` get an array of several numbers.

Why is this bad: NumPy raises, or Python does. Most often the data are a table (samples, features), and were meant to be
sequences (samples, timesteps, features).

Example:

    X = np.zeros((100, 8))
    model.add(LSTM(32, input_shape=(X.shape[1], X.shape[2])))

Use instead:

    X = np.zeros((100, 8)).reshape(-1, 8, 1)
    model.add(LSTM(32, input_shape=(X.shape[1], X.shape[2])))

References: https://numpy.org/doc/stable/user/basics.indexing.html
"""

from __future__ import annotations

import ast
import re

from lstmlint.diagnostic import ShapePair
from lstmlint.faults import Fault
from lstmlint.places import Place
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.shapes import Shape
from lstmlint.values import Array, to_dim

from ..evidence import origin_of
from ..training import named

_HEAD = """
import keras
import numpy as np
table = np.zeros((100, 8))
series = np.zeros((100, 12, 8))
"""
BAD = [
    _HEAD + "steps, features = table.shape[1], table.shape[2]\n",
    _HEAD + "samples, steps, features = table.shape\n",
    _HEAD + "first = table[:, :, 0]\n",
    _HEAD + "average = table.mean(axis=2)\n",
    _HEAD + "turned = np.transpose(series, (1, 0))\n",
    _HEAD + "turned = np.swapaxes(table, 1, 2)\n",
    _HEAD + "flat = np.squeeze(series, axis=1)\n",
    _HEAD + "parts = np.split(table, 3)\n",
    _HEAD + "highest = float(np.max(table, axis=0))\n",
    _HEAD + "print('%.2f' % np.max(table, axis=0))\n",
    _HEAD + "print(f'{table[0]:.2f}', '{:.2f}'.format(table[0, 0]))\n",
    _HEAD + "print('{:.2f}'.format(table[:1, 0]))\n",
    _HEAD + "print(round(table[0], 2))\n",
    _HEAD + "size = keras.layers.LSTM(4)(keras.Input((5, 3))).shape[2]\n",
]
GOOD = [
    _HEAD + "steps, features = series.shape[1], series.shape[-1]\n",
    _HEAD + "samples, *rest = table.shape\n",
    _HEAD + "first = series[:, :, 0]\nlast = series[..., -1, :, None]\n",
    _HEAD + "highest = float(np.max(table))\nfirst = int(table[0, 0])\n",
    _HEAD
    + "print('%.2f' % np.max(table), f'{table[0, 0]:.2f} {table[0]} {table!r:>90}', '{:.2f} {}'.format(table.mean(), table[0]))\n",
    _HEAD + "average = series.mean(axis=(0, -1))\nmore = np.expand_dims(table, 2)\n",
    _HEAD + "turned = np.transpose(series, (1, 0, 2))\nagain = np.swapaxes(table, -1, 0)\n",
    _HEAD + "flat = np.squeeze(series[:, :1], axis=1)\n",
    _HEAD + "parts = np.split(table, 4)\nunequal = np.array_split(table, 3)\n",
    _HEAD + "try:\n    features = table.shape[2]\nexcept IndexError:\n    features = 1\n",
    _HEAD + "features = table.shape[2] if table.ndim > 2 else 1\n",
]


@claim(
    "DAT032", "array-axes", Severity.ERROR,
    kinds=(
        "axis", "too-many-indices", "transpose", "squeeze", "split", "not-one-number", "one-number-in-axis", "array-format", "unpack", "tuple-index",
    ),
    specificity=5,
)  # fmt: skip
def array_axes(fault: Fault, program: Program) -> Finding | None:
    if fault.kind in ("unpack", "tuple-index"):
        return _of_a_shape(fault)
    array = fault.details.get("array")
    subject = fault.subject
    if not isinstance(array, Array) or array.type_name != "numpy.ndarray" or not isinstance(subject, str):
        return None
    if not subject.startswith("numpy.") or array.shape.rank is None:
        return None
    node = fault.place.node
    given = f"{named(array, 'the array')}, {array.shape},"
    return Finding(
        fault.place,
        _told(fault, array, given),
        severity=None if fault.raises else Severity.WARNING,
        shapes=ShapePair(fault.required, fault.got) if fault.got else None,
        related=(("the array is made here", array.place),)
        if array.place is not None and array.place.node is not fault.place.node
        else (),
        key=node.target if isinstance(node, ast.AugAssign) else node,  # it is read and written
    )


def _told(fault: Fault, array: Array, given: str) -> str:
    what = _written(fault.place)
    if fault.kind == "squeeze":
        return f"{what} can only take away an axis of size 1, but of {given} it is asked for {fault.got.partition(' of ')[0]}: NumPy raises."
    if fault.kind == "split":
        size, _, axis = fault.got.partition(" on axis ")
        parts = fault.required.removeprefix("a multiple of ")
        return (
            f"{size} rows (axis {axis} of {given.rstrip(',')}) can't be split into {parts} equal parts: NumPy raises. np.array_split makes parts that "
            "differ by one row."
        )
    if fault.kind == "not-one-number":
        return (
            f"{what} can only make a number of an array that holds a single one, which {given} doesn't: NumPy raises. Take one of its numbers, or "
            "their mean."
        )
    if fault.kind == "one-number-in-axis":
        return (
            f"{what} takes an array with an axis, {array.shape}, for a number, which NumPy refuses from 2.4 on. Take the number out of it, with .item() "
            "or an index for each axis."
        )
    if fault.kind == "array-format":
        formatted = fault.place.node.value if isinstance(fault.place.node, ast.FormattedValue) else None
        text = Place(fault.place.tree, formatted).text if formatted is not None else ""
        name = f"`{text}`" if 0 < len(text) <= 40 else named(array, "this one")
        how = f"`:{fault.details['spec']}` writes" if fault.details["spec"] else "`round` rounds"
        take = "Take the number in it, with .item()" if array.shape.size().known == 1 else "Take one of its numbers"
        return f"{how} a single number, and {name} is an array, {array.shape}: NumPy raises. {take}" + (
            "." if fault.details["spec"] else ", or use np.round."
        )
    if fault.kind == "transpose":
        return f"{what} gets {fault.got} axes, but {given} has {array.shape.rank}: NumPy raises. Name each axis once."
    if fault.kind == "too-many-indices":
        return f"{what} has {fault.got} indices, but {given} has {_count(array.shape.rank)}: NumPy raises. {_advice(array.shape)}"
    asked, possible = (
        fault.got.partition(" of ")[0],
        fault.required.removeprefix("an axis between ").replace(" and ", " to "),
    )
    return f"{what} is asked for {asked} of {given} where only {possible} can be: NumPy raises."


def _of_a_shape(fault: Fault) -> Finding | None:
    """`X.shape[2]` and `samples, steps, features = X.shape` of an array or tensor with fewer axes."""
    sizes, node = fault.details.get("value" if fault.kind == "unpack" else "items"), fault.place.node
    written = node.value if isinstance(node, ast.Subscript) else None
    direct = isinstance(written, ast.Attribute) and written.attr == "shape"
    name = Place(fault.place.tree, written).text if direct else _shape_of(sizes)
    if name is None or not isinstance(sizes, tuple):
        return None
    shape = Shape(tuple(to_dim(size) for size in sizes))
    if fault.kind == "unpack":
        told = f"`{name}` is {shape}, {_count(len(sizes), 'size')}, but it is unpacked into {fault.details['wanted']}: Python raises."
    else:
        told = f"`{name}` is {shape}, {_count(len(sizes), 'size')}, so that it has none at [{fault.details['index']}]: Python raises."
    return Finding(fault.place, f"{told} {_advice(shape)}", key=node)


def _shape_of(sizes: object) -> str | None:
    """The `X.shape` whose sizes these are, by where each comes from; None where they aren't all of one shape."""
    if not isinstance(sizes, tuple) or not sizes:
        return None
    names = set()
    for i, size in enumerate(sizes):
        origin = origin_of(size)
        found = re.fullmatch(r"(.*\.shape)\[(\d+)\]", origin.label) if origin is not None else None
        if found is None or int(found[2]) != i:
            return None
        names.add(found[1])
    return str(names.pop()) if len(names) == 1 else None


def _count(number: int | None, what: str = "axis") -> str:
    plural = {"axis": "axes", "size": "sizes"}[what]
    return f"{number} {what if number == 1 else plural}"


def _advice(shape: Shape) -> str:
    if shape.rank == 2:
        return "For sequences of one feature, add an axis: X[..., None] is (samples, timesteps, 1)."
    if shape.rank == 1:
        return "X[:, None] makes one column of it."
    return "Work with the axes that there are, or reshape the array before."


def _written(place: Place) -> str:
    """The expression if it is short, as the program writes it."""
    text = place.text
    return f"`{text}`" if len(text) <= 60 and "\n" not in text else "This"
