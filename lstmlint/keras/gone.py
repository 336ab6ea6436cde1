"""Attributes and methods that objects of Keras 2 had and those of Keras 3 don't have any more."""

from __future__ import annotations

from typing import NoReturn

from ..knowledge import Call, attribute, method
from ..values import LayerObject, ModelObject, Tensor, Value


def _refuse(call: Call, owner: str) -> NoReturn:
    short = call.name.rpartition(".")[2]
    call.refuse(
        "no-attribute", "", short, f"'{owner}' object has no attribute '{short}'", exception="AttributeError", subject=call.receiver,
        attribute=short,
    )  # fmt: skip


@attribute("keras.layers.Layer.output_shape", "keras.layers.Layer.input_shape")
def layer_shape(call: Call) -> Value:
    """`layer.output_shape`, which only models have kept."""
    layer = call.receiver
    if call.engine.keras_major >= 3 and isinstance(layer, LayerObject) and layer.user_class is None:
        _refuse(call, layer.class_name)
    return call.unknown("the layer's shape is not known here", "tuple")


@method("keras.layers.Layer.get_output_at", "keras.layers.Layer.get_input_at", "keras.layers.Layer.get_output_shape_at",
        "keras.layers.Layer.get_input_shape_at", "keras.layers.Layer.get_input_mask_at", "keras.Model.reset_states",
        "keras.Model.fit_generator", "keras.Model.evaluate_generator", "keras.Model.predict_generator", "keras.Model.predict_classes",
        "keras.Model.predict_proba", "keras.Model.to_yaml")  # fmt: skip
def gone(call: Call) -> Value:
    """Methods that Keras 3 no longer has."""
    receiver = call.receiver
    if call.engine.keras_major >= 3 and isinstance(receiver, LayerObject):
        if isinstance(receiver, ModelObject) or receiver.user_class is None:
            _refuse(call, receiver.class_name)
    return call.unknown("a result of Keras 2")


@method("keras.KerasTensor.get_shape")
def get_shape(call: Call) -> Value:
    """`x.get_shape()`, TensorFlow's, which a symbolic tensor of Keras 3 doesn't have."""
    from .subclass import inside_call

    if call.engine.keras_major >= 3 and isinstance(call.receiver, Tensor) and not inside_call():
        _refuse(call, "KerasTensor")
    return call.unknown("the shape is not known", "tuple")
