"""A mask has more axes than the steps that it is to hide.

What it does: finds recurrent layers whose mask was made from frames (images, rows of words), with more axes than batch and
time.

Why is this bad: Masking gives one value for each row of numbers, so that frames (batch, timesteps, height, width) get a
mask of three axes. Layers such as TimeDistributed hand it on as it is, and a recurrent layer lays its last axis over its
units: Keras raises as soon as data flow, or masks single units where the two sizes happen to be equal.

Example:

    Masking(), TimeDistributed(Flatten()), LSTM(8)

Use instead:

    TimeDistributed(Flatten()), Masking(), LSTM(8)

References: https://keras.io/guides/understanding_masking_and_padding/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import LayerCall, Program, Record
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import Tensor, flatten

from ..evidence import line
from ..walk import flag, recurrent

_HEAD = """
import keras
import numpy as np
from keras.layers import Dense, Flatten, LSTM, Masking, TimeDistributed
model = keras.Sequential([keras.Input((7, 6, 5)), {}, Dense(1)])
model.predict(np.ones((4, 7, 6, 5)), verbose=0)
"""
BAD = [
    _HEAD.format("Masking(), TimeDistributed(Flatten()), LSTM(8)"),
    _HEAD.format(
        "Masking(), TimeDistributed(Dense(2)), TimeDistributed(Flatten()), keras.layers.Bidirectional(LSTM(8))"
    ),
]
GOOD = [
    _HEAD.format("TimeDistributed(Flatten()), Masking(), LSTM(8)"),
    _HEAD.format("TimeDistributed(Masking()), TimeDistributed(LSTM(3)), LSTM(8)"),
]


@check("MSK013", "mask-of-frames", Severity.ERROR)
def mask_of_frames(program: Program) -> Iterator[Finding]:
    if program.keras_major < 3:  # what Keras 2 does with such a mask is not known here
        return
    for way in program.ways:
        found: dict[int, Finding] = {}
        for call in way.layer_calls:
            finding = _judged(way, call)
            if finding is None or call.mask_in is None:
                continue
            source = id(call.mask_in.source.node) if call.mask_in.source is not None else id(call)
            if source not in found or (found[source].severity is not None and finding.severity is None):
                found[source] = (
                    finding  # one mask is one mistake, however many layers get it: the first that raises tells it
                )
        yield from found.values()


def _judged(way: Record, call: LayerCall) -> Finding | None:
    """What is to be said of the mask that comes into a recurrent layer."""
    layer, mask = recurrent(call.layer), call.mask_in
    if layer is None or layer.arguments is None or mask is None or mask.shape is None or mask.shape.dims is None:
        return None
    if len(mask.shape.dims) < 3 or "mask" in call.kwargs or call.refused is not None:
        return None
    rows, unrolled, units = mask.shape[2].known, flag(layer, "unroll"), layer.arguments.get("units")
    flat = len(mask.shape.dims) == 3
    if rows is None or unrolled is None or not isinstance(units, int) or units < 2 or (flat and rows == 1):
        return None
    equal = flat and rows == units and not unrolled
    what = (
        f"its last axis is laid over the {units} units and hides single units instead of steps"
        if equal
        else f"Keras raises as soon as data flow, because its last axes don't fit the {units} units"
    )
    where = f"The mask from {line(mask.source)}" if mask.source is not None else "The mask"
    return Finding(
        call.layer.place or call.place,
        f"{where} is {mask.shape}, and the {call.layer.class_name} needs one value for each step, (batch, timesteps): {what}. Make the mask "
        "right in front of this layer, where each step is one row of numbers.",
        related=(("the mask is made here", mask.source),) if mask.source is not None else (),
        severity=Severity.WARNING if equal or not has_data(way, call) else None,
    )


def has_data(way: Record, call: LayerCall) -> bool:
    """Do data go through this call: its own, or those of a model that the layer is in?"""
    own = not any(isinstance(leaf, Tensor) for leaf in flatten(call.inputs))
    return own or any(call.layer in use.layers for use in way.uses)
