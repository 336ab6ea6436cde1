"""The first axis of a sequence is indexed, which is the batch.

What it does: finds `h[-1]` and the like on the output of a recurrent layer with `return_sequences=True`.

Why is this bad: the axes are (batch, timesteps, units). `h[-1]` is the last sample of the batch with all its steps,
and the batch axis is gone.

Example:

    h = LSTM(8, return_sequences=True)(x)
    last = h[-1]

Use instead:

    h = LSTM(8, return_sequences=True)(x)
    last = h[:, -1, :]

References: https://keras.io/guides/working_with_rnns/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.dims import same
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    Tensor,
)

from ..evidence import before
from ..walk import (
    index_of,
    operations,
    recurrent,
)

BAD = [
    """
import keras
from keras.layers import LSTM
x = keras.Input((10, 3))
h = LSTM(8, return_sequences=True)(x)
last = h[-1]
""",
    """
import keras
from keras.layers import LSTM, Lambda
x = keras.Input((10, 3))
h = LSTM(8, return_sequences=True)(x)
last = Lambda(lambda t: t[-1])(h)
""",
]
GOOD = [
    """
import keras
from keras.layers import LSTM
x = keras.Input((10, 3))
h = LSTM(8, return_sequences=True)(x)
last = h[:, -1, :]
""",
    """
import keras
from keras.layers import LSTM, Lambda
x = keras.Input((10, 3))
h = LSTM(8, return_sequences=True)(x)
last = Lambda(lambda t: t[:, -1])(h)
""",
]


@check("RNN020", "last-sample-for-last-step", Severity.WARNING)
def last_sample_for_last_step(program: Program) -> Iterator[Finding]:
    for tensor in operations(program):
        key = index_of(tensor)
        source = tensor.made.inputs[0] if tensor.made is not None and key is not None else None
        if (
            key is None
            or not isinstance(source, Tensor)
            or source.call is None
            or source.shape.rank != 3
            or source.index
        ):
            continue
        if recurrent(source.call.layer) is None or isinstance(key[0], bool) or not isinstance(key[0], int):
            continue
        if tensor.made is None or tensor.made.place is None:
            continue
        yield Finding(
            tensor.made.place,
            f"The first axis of {source.shape} is the batch, so this takes one sample with all its steps. "
            f"For a timestep write [:, {key[0]}, :].",
            related=((f"{source.call.layer.class_name} returns {source.shape} here", source.call.place),),
        )
    yield from _in_lambdas(program)


def _in_lambdas(program: Program) -> Iterator[Finding]:
    """Lambda layers behind a recurrent one that return a sample of the batch, of which only the shape tells."""
    for call in program.layer_calls:
        source, given, made = before(call), call.input_shape, call.output_shape
        if call.layer.class_name != "Lambda" or source is None or given.rank != 3 or made.rank != 2:
            continue
        if recurrent(source.layer) is None or not given[0].is_none or made[0].is_none:
            continue
        if all(same(mine, its) is True for mine, its in zip(made, given.slice(1))):
            yield Finding(
                call.place,
                f"The first axis of {given} is the batch, and this Lambda takes it away: {made} is one sample with all its steps. For the last timestep "
                "write t[:, -1, :].",
                related=((f"{source.layer.class_name} returns {given} here", source.place),),
            )
