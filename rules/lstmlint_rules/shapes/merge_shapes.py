"""Tensors are merged whose shapes don't go together.

What it does: compares the shapes that Add, Concatenate and the other merging layers get, axis by axis.

Why is this bad: Keras raises. Concatenate needs equal sizes in every axis but its own; the others need sizes that are
equal or 1.

Example:

    Concatenate()([Input((10, 3)), Input((12, 3))])

Use instead:

    Concatenate(axis=1)([Input((10, 3)), Input((12, 3))])

References: https://keras.io/api/layers/merging_layers/
"""

from __future__ import annotations

from lstmlint.diagnostic import ShapePair
from lstmlint.dims import same
from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.shapes import Shape
from lstmlint.values import Tensor

from ..evidence import line, subject_name
from ..walk import flag, recurrent, tensors

BAD = [
    """
import keras
from keras.layers import Concatenate
a, b = keras.Input((10, 3)), keras.Input((12, 3))
y = Concatenate()([a, b])
""",
    """
import keras
from keras.layers import Concatenate, Dense, LSTM
a, b = keras.Input((10, 2)), keras.Input((5,))
y = Concatenate()([LSTM(8, return_sequences=True)(a), Dense(8)(b)])
""",
    """
import keras
a, b = keras.Input((10, 4)), keras.Input((12, 4))
y = keras.layers.Dot(axes=[1, 1])([a, b])
""",
    """
import keras
from keras.layers import Add
a, b = keras.Input((10, 3)), keras.Input((10, 4))
y = Add()([a, b])
""",
    """
import keras
import tensorflow as tf
y = keras.layers.Multiply()([keras.Input((3,)), tf.convert_to_tensor(5.0)])
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM, Multiply, Permute, RepeatVector
x = keras.Input((10, 4))
h = LSTM(8, return_sequences=True)(x)
weights = RepeatVector(8)(LSTM(10)(x))
y = Multiply()([h, Permute((2, 1))(weights)])
""",
    """
import keras
x = keras.Input((3,))
y = x * 5
""",
    """
import keras
from keras.layers import Concatenate
a, b = keras.Input((10, 3)), keras.Input((12, 3))
y = Concatenate(axis=1)([a, b])
""",
]


@claim("SHP027", "merge-shapes", Severity.ERROR, kinds=("merge",), specificity=0)
def merge_shapes(fault: Fault, program: Program) -> Finding | None:
    call = next((c for way in program.ways for c in way.layer_calls if c.refused is fault), None)
    if call is None:
        return None
    shapes = list(fault.details.get("shapes") or [t.shape for t in tensors(call)])
    name = subject_name(fault)
    told = f"{name} needs {fault.required}, but gets {' and '.join(str(s) for s in shapes)}"
    pairs = [(a, b) for i, a in enumerate(shapes) for b in shapes[:i] if a.rank == b.rank and a.rank is not None]
    differing = sorted({i for a, b in pairs for i in range(1, a.rank or 0) if same(a[i], b[i]) is False})
    advice = "Give both the same sizes, by a Dense or by other strides and units."
    if len(shapes) == 2 and shapes[0].rank == shapes[1].rank == 3 and name not in ("Concatenate", "Dot"):
        one, other = shapes
        if same(one[1], other[2]) is True and same(one[2], other[1]) is True:
            advice = "Their two axes are exchanged: Permute((2, 1)) turns one of them."
    if any(shape.rank == 0 for shape in shapes):
        advice = "A number goes with an operator, as in `x * 5`."
    if len({shape.rank for shape in shapes} - {None}) > 1:
        advice = _of_ranks(tensors(call), shapes)
    elif name == "Dot":
        advice = "Choose axes of one size, with `axes`, or give both the same size there."
    if name == "Concatenate" and len(differing) == 1 and len({shape.rank for shape in shapes}) == 1:
        advice = f"They differ in axis {differing[0]} alone: with axis={differing[0]} they can be joined."
    made = [
        (f"{t.shape} comes from here", t.call.layer.place or t.call.place) for t in tensors(call) if t.call is not None
    ]
    return Finding(
        fault.place,
        f"{told}. {advice}",
        related=tuple(made[:4]),
        shapes=ShapePair(fault.required, fault.got),
        key=fault.place.node,
    )


def _of_ranks(given: list[Tensor], shapes: list[Shape]) -> str:
    """What brings inputs of different ranks together: the sequence as a vector, or the vector at each of its timesteps."""
    longest = max(shapes, key=lambda shape: shape.rank or 0)
    ranks = {shape.rank for shape in shapes}
    made = next((t.call for t in given if t.shape is longest and t.call is not None), None)
    layer = recurrent(made.layer) if made is not None else None
    steps = longest.get(1).known
    repeat = (
        f"repeat the vector by RepeatVector({steps})"
        if ranks == {2, 3} and steps
        else "give the smaller one the axes that it lacks, by Reshape"
    )
    if layer is not None and flag(layer, "return_sequences") is True and ranks == {2, 3}:
        return f"Leave return_sequences=True out of the {layer.class_name} on {line(layer.place)}, or {repeat}."
    return f"Take the larger one's axes away, by Flatten or pooling, or {repeat}."
