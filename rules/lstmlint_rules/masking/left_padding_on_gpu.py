"""A mask over padding in front of the sequence.

What it does: finds `pad_sequences` with its default, padding in front, in programs whose LSTM or GRU reads a mask and
could run on cuDNN.

Why is this bad: on a GPU the fused cuDNN kernel takes masks of padding behind the sequence only, and TensorFlow
raises for others. On a CPU it runs.

Example:

    X = pad_sequences(texts, maxlen=100)
    model = Sequential([Embedding(10000, 64, mask_zero=True), LSTM(32)])

Use instead:

    X = pad_sequences(texts, maxlen=100, padding="post")
    model = Sequential([Embedding(10000, 64, mask_zero=True), LSTM(32)])

References: https://keras.io/guides/understanding_masking_and_padding/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    LayerObject,
)

from ..evidence import (
    line,
)
from ..walk import (
    flag,
    recurrent,
)

BAD = [
    """
import keras
from keras.layers import Embedding, LSTM
X = keras.utils.pad_sequences([[1, 2], [3]], maxlen=4)
model = keras.Sequential([keras.Input((4,)), Embedding(10, 4, mask_zero=True), LSTM(2)])
""",
]
GOOD = [
    """
import keras
from keras.layers import Embedding, LSTM
X = keras.utils.pad_sequences([[1, 2], [3]], maxlen=4, padding="post")
model = keras.Sequential([keras.Input((4,)), Embedding(10, 4, mask_zero=True), LSTM(2)])
""",
]


def fused(layer: LayerObject) -> bool:
    """Could cuDNN run it?"""
    arguments = layer.arguments
    if layer.class_name not in ("LSTM", "GRU") or arguments is None:
        return False
    plain = arguments.get("activation") == "tanh" and arguments.get("recurrent_activation") == "sigmoid"
    return (
        plain
        and arguments.get("recurrent_dropout") in (0, 0.0)
        and arguments.get("use_cudnn", "auto") == "auto"
        and not flag(layer, "unroll")
    )


@check("MSK008", "left-padding-on-gpu", Severity.INFO)
def left_padding_on_gpu(program: Program) -> Iterator[Finding]:
    padded = [c for c in program.calls if c.name.endswith(".pad_sequences")]
    if not padded or any(c.kwargs.get("padding", "pre") != "pre" for c in padded):
        return
    for call in program.layer_calls:
        cell = recurrent(call.layer)
        if cell is not None and call.mask_in is not None and fused(cell):
            yield Finding(
                padded[0].place,
                f"The padding comes in front, and the {cell.class_name} on {line(cell.place)} reads its mask: on a GPU cuDNN refuses such a mask. "
                f'Write padding="post", or use_cudnn=False in the layer.',
                related=((f"this {cell.class_name} reads the mask", cell.place or call.place),),
            )
            return
