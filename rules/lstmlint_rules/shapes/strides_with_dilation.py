"""Strides and dilation together.

What it does: finds convolutions with both `strides` and `dilation_rate` above 1.

Why is this bad: Keras raises: it supports only one of them at a time.

Example:

    Conv1D(4, 3, strides=2, dilation_rate=2)

Use instead:

    Conv1D(4, 3, dilation_rate=2)

References: https://keras.io/api/layers/convolution_layers/convolution1d/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check
from lstmlint.values import (
    ListValue,
)

BAD = [
    """
import keras
from keras.layers import Conv1D
layer = Conv1D(4, 3, strides=2, dilation_rate=2)
""",
]
GOOD = [
    """
import keras
from keras.layers import Conv1D
layer = Conv1D(4, 3, dilation_rate=2)
""",
]


def above_one(value: Any) -> bool:
    items = value.items if isinstance(value, ListValue) else value if isinstance(value, tuple) else (value,)
    return any(isinstance(v, int) and not isinstance(v, bool) and v > 1 for v in items)


@check("SHP022", "strides-with-dilation", Severity.ERROR)
def strides_with_dilation(program: Program) -> Iterator[Finding]:
    for layer in program.layers:
        if (
            layer.class_name not in ("Conv1D", "Conv2D", "Conv3D")
            or layer.user_class is not None
            or layer.arguments is None
        ):
            continue
        if above_one(layer.arguments.get("strides")) and above_one(layer.arguments.get("dilation_rate")):
            yield Finding(
                layer.arguments.place("dilation_rate") or layer.place or program.faults[0].place,
                f"{layer.class_name} can't have strides and a dilation rate above 1 at the same time, and raises. Choose one of the two.",
                key=layer.place.node if layer.place else None,
            )
