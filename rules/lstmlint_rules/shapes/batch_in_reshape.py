"""The batch axis is named in Reshape's target.

What it does: finds `Reshape((-1, a, b))` where the sizes behind the -1 are those of a whole sample already, so that
the -1 becomes an axis of size 1. Where a Concatenate joins such tensors along that axis, it is wanted.

Why is this bad: `target_shape` leaves the batch out. Keras adds an axis of size 1 in front, and what follows reads
one rank more.

Example:

    model = Sequential([Input((10, 3)), Reshape((-1, 10, 3))])

Use instead:

    model = Sequential([Input((10, 3)), Reshape((10, 3))])

References: https://keras.io/api/layers/reshaping_layers/reshape/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    LayerObject,
    to_shape,
)

from ..walk import consumers

BAD = [
    """
import keras
from keras.layers import Reshape
model = keras.Sequential([keras.Input((30,)), Reshape((-1, 10, 3))])
""",
]
GOOD = [
    """
import keras
from keras.layers import Reshape
model = keras.Sequential([keras.Input((30,)), Reshape((10, 3))])
""",
    """
import keras
from keras.layers import Concatenate, Conv2D, Reshape
real, imaginary = keras.Input((128, 50)), keras.Input((128, 50))
rows = Concatenate(axis=1)([Reshape((-1, 128, 50))(real), Reshape((-1, 128, 50))(imaginary)])
model = keras.Model([real, imaginary], Conv2D(100, (2, 5))(rows))
""",
]


@check("SHP024", "batch-in-reshape", Severity.WARNING)
def batch_in_reshape(program: Program) -> Iterator[Finding]:
    for way, call in ((w, c) for w in program.ways for c in w.layer_calls):
        layer = call.layer
        if (
            layer.class_name != "Reshape"
            or layer.user_class is not None
            or layer.arguments is None
            or call.refused is not None
        ):
            continue
        target = to_shape(layer.arguments.get("target_shape"))
        if target.rank is None or target.rank < 3 or target[0].known != -1 or call.output_shape.get(1).known != 1:
            continue
        if any(_joins_along_it(after.layer, target.rank + 1) for after in consumers(way, call)):
            continue
        inside = ", ".join(str(d) for d in list(target)[1:])
        yield Finding(
            layer.arguments.place("target_shape") or call.place,
            f"target_shape leaves the batch out, so that the -1 becomes an axis of size 1: this returns {call.output_shape}. "
            f"Write Reshape(({inside})).",
        )


def _joins_along_it(layer: LayerObject, rank: int) -> bool:
    """Does a layer put tensors together along the axis behind the batch?"""
    axis = layer.arguments.get("axis") if layer.class_name == "Concatenate" and layer.arguments is not None else None
    return axis in (1, 1 - rank)
