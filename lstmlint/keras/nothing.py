"""The None of a `call` without `return`: nobody notices until something needs a tensor."""

from __future__ import annotations

from typing import Any

from ..faults import Fault, Moment, Refusal
from ..knowledge import Engine
from ..places import Place
from ..values import LayerObject, ModelObject, Nothing, Value
from .tensors import leaves

_PASSED_ON = frozenset(
    ["ActivityRegularization", "AlphaDropout", "Dropout", "GaussianDropout", "GaussianNoise", "Identity", "Lambda"]
)
"""Layers of Keras that hand a None on or leave it to others."""
_STEPS = {
    Moment.FIT: ("train_step", "compute_loss"),
    Moment.EVALUATE: ("test_step", "compute_loss"),
    Moment.PREDICT: ("predict_step",),
}
"""What a model may do of its own with what its `call` gives."""


def nothing_in(value: Value) -> Nothing | None:
    """The None of such a `call` among these values."""
    return next((leaf for leaf in leaves(value) if isinstance(leaf, Nothing)), None)


def refuse_nothing(layer: LayerObject, given: Value, moment: Moment, place: Place) -> None:
    """A layer of Keras gets it as its input, or a model shall end with it. Raises Refusal."""
    nothing = nothing_in(given)
    if nothing is None or layer.user_class is not None or layer.class_name in _PASSED_ON:
        return
    _refuse(
        layer,
        nothing,
        moment,
        place,
        f"Inputs to a layer should be tensors. Got 'None' as input for layer '{layer.name}'.",
    )


def refuse_output(model: ModelObject, output: Value, moment: Moment, place: Place) -> None:
    """A Sequential ends with such a layer. Raises Refusal."""
    nothing = nothing_in(output)
    if nothing is not None:
        _refuse(model, nothing, moment, place, "All `outputs` values must be KerasTensors. Received: outputs=None")


def refuse_prediction(engine: Engine, model: ModelObject, output: Value, moment: Moment, place: Place) -> None:
    """A model trains on it, or shall predict it. Raises Refusal."""
    nothing = nothing_in(output)
    steps = _STEPS.get(moment)
    if nothing is None or steps is None or any(engine.find_method(model, name) is not None for name in steps):
        return
    _refuse(model, nothing, moment, place, "None values not supported.")


def _refuse(subject: Any, nothing: Nothing, moment: Moment, place: Place, message: str) -> None:
    raise Refusal(
        Fault("nothing-given", moment, place, subject, "a tensor", "None", (), message, details={"nothing": nothing}),
        "ValueError",
    )
