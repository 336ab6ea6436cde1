"""A bias that BatchNormalization takes away again.

What it does: finds Dense and convolutions with a bias and no activation directly in front of BatchNormalization.

Why is this bad: BatchNormalization subtracts the mean, and the bias with it; its own beta takes the bias's place. The
weights are trained for nothing.

Example:

    model.add(Conv2D(64, 3))
    model.add(BatchNormalization())

Use instead:

    model.add(Conv2D(64, 3, use_bias=False))
    model.add(BatchNormalization())

Fix safety: unsafe: saved weights no longer fit.

References: https://keras.io/api/layers/normalization_layers/batch_normalization/
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.edits import (
    set_keyword,
    unsafe_fix,
)
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, check

from ..evidence import (
    before,
    line,
)
from ..walk import (
    flag,
)

BAD = [
    """
import keras
from keras.layers import BatchNormalization, Conv2D
model = keras.Sequential([keras.Input((28, 28, 1)), Conv2D(64, 3), BatchNormalization()])
""",
]
GOOD = [
    """
import keras
from keras.layers import BatchNormalization, Conv2D
model = keras.Sequential([keras.Input((28, 28, 1)), Conv2D(64, 3, use_bias=False), BatchNormalization()])
""",
]


@check("STY005", "bias-before-normalization", Severity.INFO)
def bias_before_normalization(program: Program) -> Iterator[Finding]:
    for call in program.layer_calls:
        previous = before(call)
        if call.layer.class_name != "BatchNormalization" or call.layer.user_class is not None or previous is None:
            continue
        layer = previous.layer
        if (
            layer.class_name not in ("Dense", "Conv1D", "Conv2D", "Conv3D")
            or layer.user_class is not None
            or layer.arguments is None
        ):
            continue
        if (
            flag(layer, "use_bias") is True
            and layer.arguments.get("activation") in (None, "linear")
            and flag(call.layer, "center")
        ):
            yield Finding(
                layer.place or previous.place,
                f"The BatchNormalization on {line(call.layer.place)} subtracts the bias of this {layer.class_name} again, with the mean. "
                f"Write use_bias=False.",
                fix=unsafe_fix("Add use_bias=False.", set_keyword(layer.place, "use_bias", "False")),
            )
