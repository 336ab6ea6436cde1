"""A reshape that exchanges two axes.

What it does: compares the shape that `reshape` is given with that of the array: the same sizes, two of them in each
other's place.

Why is this bad: reshape doesn't move values, it reads them in memory order into the new shape. The numbers of one
sample are mixed up, and nothing raises.

Example:

    X = X.reshape(X.shape[0], X.shape[2], X.shape[1])

Use instead:

    X = np.transpose(X, (0, 2, 1))

References: https://numpy.org/doc/stable/reference/generated/numpy.transpose.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.dims import same
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.shapes import Shape
from lstmlint.values import (
    Array,
)

BAD = [
    """
import keras
import numpy as np
X = np.zeros((100, 10, 3))
X = X.reshape(X.shape[0], X.shape[2], X.shape[1])
""",
    """
import keras
from keras.layers import Reshape
x = keras.Input((10, 3))
y = Reshape((3, 10))(x)
""",
]
GOOD = [
    """
import keras
import numpy as np
X = np.zeros((100, 10, 3))
X = np.transpose(X, (0, 2, 1))
""",
    """
import keras
import numpy as np
X = np.zeros((100, 10, 1))
X = X.reshape(X.shape[0], 1, 10)
""",
]


def exchanged(old: Shape, new: Shape) -> tuple[int, int] | None:
    """The two axes that have changed places, and nothing else has; None where it can't be told."""
    if old.dims is None or new.dims is None or len(old.dims) != len(new.dims):
        return None
    moved = [
        i
        for i, (a, b) in enumerate(zip(old.dims, new.dims))
        if same(a, b) is not True and not (a.is_none and b.is_none)
    ]
    if len(moved) != 2:
        return None
    i, j = moved
    if same(old[i], new[j]) is not True or same(old[j], new[i]) is not True or same(old[i], old[j]) is not False:
        return None
    return None if 1 in (old[i].known, old[j].known) else (i, j)


@check("SHP009", "reshape-scrambles", Severity.WARNING)
def reshape_scrambles(program: Program) -> Iterator[Finding]:
    for call in program.calls:
        if call.name not in ("numpy.reshape", "numpy.ndarray.reshape") or not isinstance(call.result, Array):
            continue
        source = call.receiver if call.name.endswith("ndarray.reshape") else call.args[0] if call.args else None
        if not isinstance(source, Array) or source.shape.rank is None or source.shape.rank < 3:
            continue
        axes = exchanged(source.shape, call.result.shape)
        if axes is None:
            continue
        order = list(range(source.shape.rank))
        order[axes[0]], order[axes[1]] = axes[1], axes[0]
        yield Finding(
            call.place,
            f"This reads the values of {source.shape} in memory order into {call.result.shape}, which mixes them up instead of exchanging "
            f"the axes {axes[0]} and {axes[1]}. Write np.transpose(..., {tuple(order)}).",
        )
    for made in program.layer_calls:
        if made.layer.class_name != "Reshape" or made.layer.user_class is not None or made.refused is not None:
            continue
        axes = exchanged(made.input_shape, made.output_shape)
        if axes is None:
            continue
        order = list(range(made.input_shape.rank or 0))
        order[axes[0]], order[axes[1]] = axes[1], axes[0]
        yield Finding(
            made.layer.place or made.place,
            f"Reshape reads the values of {made.input_shape} in memory order into {made.output_shape}, which mixes them up instead of "
            f"exchanging two axes. Use Permute({tuple(order[1:])}).",
        )
