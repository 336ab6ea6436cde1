"""A long sequence is unrolled.

What it does: finds `unroll=True` over 100 timesteps or more.

Why is this bad: unrolling copies the cell into the graph once for each timestep. That pays for short sequences; for
long ones the graph becomes huge and slow to build.

Example:

    LSTM(4, unroll=True)   # 500 timesteps

Use instead:

    LSTM(4)

References: https://keras.io/api/layers/recurrent_layers/lstm/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..walk import (
    flag,
    recurrent,
)

BAD = [
    """
import keras
from keras.layers import LSTM
x = keras.Input((500, 3))
y = LSTM(4, unroll=True)(x)
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM
x = keras.Input((5, 3))
y = LSTM(4, unroll=True)(x)
""",
]


@check("PRF004", "long-unroll", Severity.INFO)
def long_unroll(program: Program) -> Iterator[Finding]:
    for call in program.layer_calls:
        cell = recurrent(call.layer)
        steps = call.input_shape.get(1).known if call.input_shape.rank == 3 else None
        if cell is not None and flag(cell, "unroll") and steps is not None and steps >= 100:
            yield Finding(
                cell.place or call.place,
                f"unroll=True copies the cell of this {cell.class_name} {steps} times into the graph, once for each timestep. "
                f"It pays for short sequences only: leave it out.",
            )
