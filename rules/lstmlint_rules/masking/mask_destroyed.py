"""A layer destroys the padding mask that a later recurrent layer needs.

What it does: follows the mask of Embedding(mask_zero=True) and Masking to a layer that drops it, with a recurrent layer behind it.

Why is this bad: Keras only warns while running. The recurrent layer then reads the padding as if it were data.

Example:

    Embedding(1000, 16, mask_zero=True), Conv1D(8, 3), LSTM(4)

Use instead:

    Embedding(1000, 16, mask_zero=True), LSTM(4)

References: https://keras.io/guides/understanding_masking_and_padding/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import LayerCall, Program
from lstmlint.rule import Finding, Severity, check

from ..evidence import SEQUENCE_LAYERS, before, line

BAD = [
    """
import keras
from keras.layers import Conv1D, Embedding, LSTM
model = keras.Sequential([keras.Input((5,)), Embedding(10, 4, mask_zero=True), Conv1D(4, 3), LSTM(2)])
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense, Embedding, LSTM
model = keras.Sequential([keras.Input((5,)), Embedding(10, 4, mask_zero=True), Dense(4), LSTM(2)])
""",
    """
import keras
from keras.layers import Conv1D, Embedding, LSTM
model = keras.Sequential([keras.Input((5,)), Embedding(10, 4), Conv1D(4, 3), LSTM(2)])
""",
]


@check("MSK001", "mask-destroyed", Severity.WARNING)
def mask_destroyed(program: Program) -> Iterator[Finding]:
    for call in program.layer_calls:
        if call.layer.class_name not in SEQUENCE_LAYERS or call.refused is not None:
            continue
        step: LayerCall | None = before(call)
        for _ in range(50):
            if step is None or step.mask_effect == "destroyed":
                break
            step = before(step)
        if step is None or step.mask_in is None or step.layer.class_name == "Embedding":
            continue  # a Masking in front of an Embedding has a rule of its own
        source = step.mask_in.source
        yield Finding(
            step.place,
            f"{step.layer.class_name} destroys the padding mask made on {line(source)}, so the {call.layer.class_name} on "
            f"{line(call.layer.place)} reads the padding as data. Put no such layer between the two, or drop the mask.",
            related=((f"this {call.layer.class_name} gets no mask", call.place),),
        )
