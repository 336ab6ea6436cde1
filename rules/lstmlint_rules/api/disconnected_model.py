"""A model's output needs an input that the model doesn't have.

What it does: goes back from the outputs of `Model(inputs, outputs)` to the inputs that they are computed from, and finds models that get no
inputs at all. That is what `model.layers[0].input` gives in Keras 3, where layer 0 is an InputLayer: its tensor is made from no other, so that
its `input` is an empty list.

Why is this bad: Keras raises: an output is not connected to the inputs, or the inputs are empty.

Example:

    model = Model(a, Add()([a, b]))

Use instead:

    model = Model([a, b], Add()([a, b]))

References: https://keras.io/guides/functional_api/
"""

from __future__ import annotations

from lstmlint.faults import Fault
from lstmlint.program import Program
from lstmlint.rule import Finding, Severity, claim
from lstmlint.values import LayerObject, Tensor

from ..evidence import (
    line,
)

BAD = [
    """
import keras
from keras.layers import Add
a, b = keras.Input((4,)), keras.Input((4,))
model = keras.Model(a, Add()([a, b]))
""",
    """
import keras
from keras.layers import Dense
a = keras.Input((4,))
model = keras.Model(a, Dense(1)(Dense(3)(a)))
hidden = keras.Model(model.layers[0].input, model.layers[1].output)
""",
]
GOOD = [
    """
import keras
from keras.layers import Add
a, b = keras.Input((4,)), keras.Input((4,))
model = keras.Model([a, b], Add()([a, b]))
""",
    """
import keras
from keras.layers import Dense
a = keras.Input((4,))
model = keras.Model(a, Dense(1)(Dense(3)(a)))
hidden = keras.Model(model.inputs, model.layers[1].output)
stack = keras.Sequential([a, Dense(3), Dense(1)])
hidden = keras.Model(stack.layers[0].input, stack.layers[0].output)
""",
]


@claim("API010", "disconnected-model", Severity.ERROR, kinds=("disconnected", "no-inputs"), specificity=10)
def disconnected_model(fault: Fault, program: Program) -> Finding | None:
    if fault.kind == "no-inputs":
        return _no_inputs(fault)
    tensor = fault.details.get("tensor")
    name = tensor.name if isinstance(tensor, Tensor) else None
    place = tensor.place if isinstance(tensor, Tensor) else None
    what = f"the input `{name}`" if name else "an input"
    where = f" on {line(place)}" if place is not None else ""
    return Finding(
        fault.place,
        f"The outputs can't be computed from these inputs alone: they need {what}{where} as well, and Keras refuses the model. "
        f"Add it to the inputs.",
        related=(("this is needed too", place),) if place is not None else (),
        key=fault.place.node,
    )


def _no_inputs(fault: Fault) -> Finding:
    place, layer = (
        fault.blamed[0] if fault.blamed and fault.blamed[0] is not None else fault.place,
        fault.details["layer"],
    )
    if not isinstance(layer, LayerObject):
        return Finding(
            place,
            "This model gets no inputs, and Keras refuses it. Give it the tensors that it starts from.",
            key=fault.place.node,
        )
    return Finding(
        place,
        f"The `input` of the InputLayer `{layer.name}` is an empty list in Keras 3, and Keras refuses a model without inputs. "
        f"Use the model's own `inputs` (model.inputs), or the layer's `output`.",
        related=(("this is the InputLayer", layer.place),) if layer.place is not None else (),
        key=fault.place.node,
    )
