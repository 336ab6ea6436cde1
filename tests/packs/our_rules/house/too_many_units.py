"""A recurrent layer has more units than we can run.

What it does: finds LSTM layers with more than 512 units.

Why is this bad: they don't fit on the devices that our models run on.

Example:

    LSTM(1024)

Use instead:

    LSTM(256)

References: https://example.org/our-devices
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

BAD = ["import keras\nlayer = keras.layers.LSTM(1024)\n"]
GOOD = ["import keras\nlayer = keras.layers.LSTM(256)\n"]

MOST = 512


@check("OUR001", "too-many-units", Severity.WARNING)
def too_many_units(program: Program) -> Iterator[Finding]:
    for layer in program.layers:
        units = layer.arguments.get("units") if layer.arguments is not None else None
        if layer.class_name == "LSTM" and isinstance(units, int) and units > MOST and layer.place is not None:
            yield Finding(
                layer.place, f"This LSTM has {units} units, more than the {MOST} that our devices hold. Use fewer."
            )
