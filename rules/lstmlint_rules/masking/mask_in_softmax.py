"""A Softmax layer gets the mask of its steps, which doesn't fit what it normalises.

What it does: finds Softmax layers whose input carries a mask of one value for each step, (batch, timesteps), while the input
has more axes.

Why is this bad: Keras hands the mask to the layer, whichever axis it works along, and lays it over the input from the right:
timesteps over features. As soon as data flow it raises "The `mask` must be broadcastable to `inputs`". Softmax behind an
Embedding with mask_zero and a Dense(1) is how attention weights are written, and never runs. An activation gets no mask.

Example:

    scores = Dense(1)(LSTM(64, return_sequences=True)(Embedding(5000, 32, mask_zero=True)(words)))
    weights = Softmax(axis=1)(scores)

Use instead:

    embedding = Embedding(5000, 32, mask_zero=True)
    scores = Dense(1)(LSTM(64, return_sequences=True)(embedding(words)))
    weights = Softmax(axis=1)(scores, mask=keras.ops.expand_dims(embedding.compute_mask(words), -1))

References: https://keras.io/api/layers/activation_layers/softmax/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.dims import Dim, same
from lstmlint.program import LayerCall, Program, Record
from lstmlint.rule import Finding, Severity, check
from lstmlint.shapes import Shape
from lstmlint.values import Array, Tensor, flatten

from ..evidence import line
from .mask_of_frames import has_data

_HEAD = """
import keras
import numpy as np
from keras.layers import Activation, Dense, Embedding, LSTM, Softmax
words = keras.Input((9,))
embedding = Embedding(20, 8, mask_zero=True)
states = LSTM(8, return_sequences=True)(embedding(words))
"""
_RUN = "keras.Model(words, weights).predict(np.ones((4, 9)), verbose=0)\n"
BAD = [
    _HEAD + "weights = Softmax(axis=1)(Dense(1)(states))\n" + _RUN,
    _HEAD + "weights = Softmax()(Dense(5)(states))\n" + _RUN,
]
GOOD = [
    _HEAD
    + "mask = keras.ops.expand_dims(embedding.compute_mask(words), -1)\nweights = Softmax(axis=1)(Dense(1)(states), mask=mask)\n"
    + _RUN,
    _HEAD + "weights = Activation('softmax')(Dense(5)(states))\n" + _RUN,
    _HEAD + "weights = Softmax()(LSTM(5)(states))\n" + _RUN,
]


@check("MSK014", "mask-in-softmax", Severity.ERROR)
def mask_in_softmax(program: Program) -> Iterator[Finding]:
    if program.keras_major < 3:  # adds a large negative number where the mask is 0, which may broadcast
        return
    for way in program.ways:
        for call in way.layer_calls:
            if call.layer.type_name == "keras.layers.Softmax" and call.layer.user_class is None:
                yield from _judged(way, call)


def _judged(way: Record, call: LayerCall) -> Iterator[Finding]:
    mask, x = call.mask_in, call.inputs
    if mask is None or mask.shape is None or call.kwargs.get("mask") is not None or call.refused is not None:
        return
    if not isinstance(x, (Tensor, Array)) or not x.shape.dims or not mask.shape.dims:
        return
    raises = _refused(mask.shape, x.shape)
    if raises is None:
        return
    if not raises:  # the steps are open, until data say how many they are
        steps = _steps_of_data(way, call)
        raises = steps is not None and bool(_refused(mask.shape.replace(1, steps), x.shape.replace(1, steps)))
    rest = (
        "Keras lays it over the last axes and raises as soon as data flow"
        if raises
        else "Keras lays it over the last axes and raises for nearly all data"
    )
    where = f"The mask from {line(mask.source)}" if mask.source is not None else "The mask"
    yield Finding(
        call.place,
        f"{where} is {mask.shape}, one value for each step, and this Softmax works on {x.shape}: {rest}. Give it a mask that fits, "
        "mask=keras.ops.expand_dims(mask, -1), or use the activation softmax, which gets no mask.",
        related=(("the mask is made here", mask.source),) if mask.source is not None else (),
        severity=None if raises and has_data(way, call) else Severity.WARNING,
    )


def _steps_of_data(way: Record, call: LayerCall) -> Dim | None:
    """How many steps the data of the first use have that come to the layer which makes the mask; None where that can't be told."""
    for use in way.uses:
        if call.layer not in use.layers or call.mask_in is None:
            continue
        inputs, data = flatten(use.model.inputs), flatten(use.x)
        for made in way.layer_calls:
            if made.place is call.mask_in.source and made.layer in use.layers and len(inputs) == len(data):
                for tensor, array in zip(inputs, data):
                    if tensor is made.inputs and isinstance(array, Array):
                        return array.shape.get(1)
        return None
    return None


def _refused(mask: Shape, x: Shape) -> bool | None:
    """Does Keras surely raise where this mask, of the same steps as x, is laid over x from the right? None where it fits or isn't known."""
    steps = mask.get(1)
    if mask.rank is None or x.rank is None or not 2 <= mask.rank < x.rank:
        return None
    if same(steps, 1) is not False and not steps.is_none:
        return None
    if not all(same(mask[i], x[i]) or str(mask[i]) == str(x[i]) for i in range(1, mask.rank)):
        return None  # the steps became others on the way, and the mask's shape isn't known any more
    below = [(mask[-i], x[-i]) for i in range(1, mask.rank)]
    return any(same(m, 1) is False and same(m, size) is False for m, size in below)
