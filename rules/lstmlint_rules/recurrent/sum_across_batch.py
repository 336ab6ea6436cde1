"""A sequence and a vector are added, and their axes meet in the wrong places.

What it does: finds `x + h` of a (batch, timesteps, features) and a (batch, features) tensor.

Why is this bad: operators align shapes from the right, as NumPy does: the batch of one tensor meets the timesteps of
the other. It raises for most batches, and where both are equal it silently adds each sample to another one's
timestep.

Example:

    h = LSTM(8)(x)
    y = x + h

Use instead:

    h = LSTM(8, return_sequences=True)(x)
    y = x + h

References: https://keras.io/api/layers/recurrent_layers/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    Tensor,
)

from ..walk import (
    made_from,
    operations,
    recurrent,
)

BAD = [
    """
import keras
from keras.layers import LSTM
x = keras.Input((10, 8))
h = LSTM(8)(x)
y = x + h
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM
x = keras.Input((10, 8))
h = LSTM(8, return_sequences=True)(x)
y = x + h
""",
]


@check("RNN031", "sum-across-batch", Severity.WARNING)
def sum_across_batch(program: Program) -> Iterator[Finding]:
    for tensor in operations(program):
        made = tensor.made
        if (
            made is None
            or made.place is None
            or not made.by.startswith(("keras.KerasTensor.__operator__", "keras.ops.add", "keras.ops.multiply"))
        ):
            continue
        sides = [v for v in made.inputs if isinstance(v, Tensor)]
        if len(sides) != 2 or sorted(s.shape.rank or 0 for s in sides) != [2, 3]:
            continue
        flat, sequence = sorted(sides, key=lambda s: s.shape.rank or 0)
        if not flat.shape[0].is_none or not sequence.shape[0].is_none or sequence.shape[1].known == 1:
            continue
        source = made_from(flat)
        if source is None or recurrent(source.layer) is None:
            continue
        yield Finding(
            made.place,
            f"{sequence.shape} and {flat.shape} are aligned from the right, so that the batch of the {source.layer.class_name}'s output meets "
            f"the timesteps. Add return_sequences=True to the {source.layer.class_name}, or give the vector a time axis of 1.",
            related=((f"{source.layer.class_name} returns {source.output_shape} here", source.place),),
        )
