"""The weights given to an Embedding have another shape.

What it does: compares the shape of the array in `weights=[...]` with (input_dim, output_dim).

Why is this bad: Keras raises when the layer is built.

Example:

    Embedding(100, 64, weights=[np.zeros((99, 64))])

Use instead:

    Embedding(100, 64, weights=[np.zeros((100, 64))])

References: https://keras.io/api/layers/core_layers/embedding/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.diagnostic import ShapePair
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.shapes import Shape, same_shape
from lstmlint.values import (
    Array,
    ListValue,
    to_dim,
)

from ..evidence import (
    label,
)

BAD = [
    """
import keras
import numpy as np
from keras.layers import Embedding
matrix = np.zeros((99, 64))
x = keras.Input((10,))
y = Embedding(100, 64, weights=[matrix])(x)
""",
]
GOOD = [
    """
import keras
import numpy as np
from keras.layers import Embedding
matrix = np.zeros((100, 64))
x = keras.Input((10,))
y = Embedding(100, 64, weights=[matrix])(x)
""",
]


@check("MSK005", "embedding-matrix-shape", Severity.ERROR)
def embedding_matrix_shape(program: Program) -> Iterator[Finding]:
    for layer in program.layers:
        if layer.class_name != "Embedding" or layer.user_class is not None or layer.arguments is None:
            continue
        given = layer.arguments.get("weights") if layer.arguments.argument("weights") is not None else None
        matrix = given.items[0] if isinstance(given, ListValue) and len(given.items) == 1 and not given.open else None
        if not isinstance(matrix, Array) or matrix.shape.rank is None or not layer.calls:
            continue
        wanted = Shape.of(to_dim(layer.arguments.get("input_dim")), to_dim(layer.arguments.get("output_dim")))
        if same_shape(matrix.shape, wanted) is False:
            yield Finding(
                layer.arguments.place("weights") or layer.calls[0].place,
                f"The matrix is {matrix.shape}, but this Embedding has {label(layer.arguments.get('input_dim'))} rows of "
                f"{label(layer.arguments.get('output_dim'))} numbers, {wanted}, and raises. Make the two agree.",
                shapes=ShapePair(str(wanted), str(matrix.shape)),
                key=layer.place.node if layer.place else None,
            )
