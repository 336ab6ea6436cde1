"""A comment states another shape than the layer has.

What it does: reads shapes such as `(None, 10, 32)` or `(batch, steps, 32)` in the comment behind a layer, and
compares them with what goes in and comes out. Words stand for any size; what can't be known is not compared.

Why is this bad: whoever reads the comment believes it: the model is not what its author thinks, or the code has
changed and the comment has not.

Example:

    x = LSTM(32)(x)  # (None, 10, 32)

Use instead:

    x = LSTM(32)(x)  # (None, 32)

References: https://keras.io/api/layers/recurrent_layers/lstm/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lstmlint.diagnostic import ShapePair
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..stated import SHAPE, comments_on, shapes_in, shapes_on

BAD = [
    """
import keras
from keras.layers import LSTM
x = keras.Input((10, 64))
y = LSTM(32)(x)  # (None, 10, 32)
""",
    """
import keras
from keras.layers import LSTM
model = keras.Sequential()
model.add(keras.Input((10, 64)))
model.add(LSTM(32, return_sequences=True))  # output: (batch, 10, 16)
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM
x = keras.Input((10, 64))
y = LSTM(32)(x)  # (None, 10, 64) -> (None, 32)
z = LSTM(32, return_sequences=True)(x)  # (batch, steps, units)
v = LSTM(32, return_sequences=True)(x)  # (N, 10, 64) -> (N, 10, 32), without the flag (N, 32)
""",
]


@check("CLM001", "shape-comment", Severity.WARNING)
def shape_comment(program: Program) -> Iterator[Finding]:
    for comment, calls in comments_on(program, SHAPE):
        stated = shapes_in(comment.text)
        if (
            not stated
            or any(c.refused is not None for c in calls)
            or re.search(r"\?|e\.g\.|instead|not \(|would", comment.text)
        ):
            continue
        into, out = shapes_on(calls)
        arrow = re.search(r"->|=>|→", comment.text)
        last = stated[-1]
        if arrow and last.start < arrow.start():
            continue
        candidates = (
            [*out, *into] if len(stated) == 1 and not arrow and not re.search(r"out", comment.text, re.I) else out
        )
        if any(s.dims is None for s in candidates) or not candidates or not all(last.denies(s) for s in candidates):
            continue
        outputs = [s for s in stated if not arrow or s.start > arrow.start()]
        if len(outputs) > 1 and not all(s.denies(shape) for s in outputs for shape in out):
            continue  # several shapes for several cases, and one of them is right
        call = calls[-1]
        yield Finding(
            comment.span,
            f"The comment says {last.text}, but this {call.layer.class_name} turns {call.input_shape} into {call.output_shape}. "
            f"Correct the comment, or the layer.",
            related=(("this layer", call.layer.place or call.place),),
            shapes=ShapePair(last.text, str(call.output_shape)),
        )
