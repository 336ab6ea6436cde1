"""A comment takes the timesteps for neurons.

What it does: reads numbers of neurons, units or cells in the comment at a recurrent layer, and finds those that are
the layer's timesteps and not its units.

Why is this bad: the units are what Keras calls neurons, the width of the hidden state and of the output. The
timesteps only say how often the same weights are applied.

Example:

    # LSTM with 10 neurons
    model.add(LSTM(32, input_shape=(10, 64)))

Use instead:

    # LSTM with 32 units over 10 timesteps
    model.add(LSTM(32, input_shape=(10, 64)))

References: https://keras.io/guides/working_with_rnns/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lstmlint.patterns import pattern
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    to_dim,
)

from ..walk import (
    recurrent,
)

BAD = [
    """
import keras
from keras.layers import LSTM
# an LSTM with 10 neurons
model = keras.Sequential([keras.Input((10, 64)), LSTM(32)])
""",
    """
import keras
from keras.layers import LSTM
model = keras.Sequential([keras.Input((10, 64)), LSTM(32)])  # 10 neurons, one for each step
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM
# an LSTM with 32 neurons, over 10 steps
model = keras.Sequential([keras.Input((10, 64)), LSTM(32)])
""",
]


NEURONS = pattern(r"(?<![\w.*/-])(\d+)\s+(?:lstm\s+|gru\s+|rnn\s+|hidden\s+)*(?:neurons?|units?|cells?|nodes?)\b", re.I)


@check("CLM004", "neurons-are-timesteps", Severity.WARNING)
def neurons_are_timesteps(program: Program) -> Iterator[Finding]:
    said = [(c, [int(n) for n in NEURONS.findall(c.text)]) for c in program.tree.comments_with(NEURONS)]
    said = [(c, numbers) for c, numbers in said if len(numbers) == 1]
    if not said:
        return
    for call in program.layer_calls:
        cell = recurrent(call.layer)
        place = call.layer.place
        if (
            cell is None
            or place is None
            or cell.arguments is None
            or call.input_shape.rank != 3
            or place.tree is not program.tree
        ):
            continue
        units, steps, features = (
            to_dim(cell.arguments.get("units")).known,
            call.input_shape[1].known,
            call.input_shape[2].known,
        )
        if units is None or steps is None or units == steps:
            continue
        span = place.span
        for comment, (number,) in said:
            near = comment.span.row in (span.row, span.end_row) and not comment.alone
            above = comment.alone and comment.span.row == span.row - 1
            if comment.span.cell != span.cell or not (near or above) or number != steps or number == features:
                continue
            yield Finding(
                comment.span,
                f"The comment says {number}, but {number} are the timesteps of this {cell.class_name}: its units, the neurons, are {units}, and it "
                f"returns {call.output_shape}. The steps only say how often the same weights are applied.",
                related=((f"{cell.class_name} has {units} units", cell.arguments.place("units") or place),),
            )
