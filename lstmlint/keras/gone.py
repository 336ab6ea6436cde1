"""Attributes and methods that objects of Keras 2 had and those of Keras 3 don't have any more."""

from __future__ import annotations

from typing import NoReturn

from ..knowledge import Call, attribute, method
from ..places import Origin
from ..shapes import same_shape
from ..values import (
    Array,
    BuiltFunction,
    ClassValue,
    External,
    LayerObject,
    ModelObject,
    Object,
    ShapeList,
    ShapeTuple,
    Tensor,
    Unknown,
    Value,
)
from .inside import builds_quietly, inside_call
from .tensors import VARIABLE, is_variable


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


@method("keras.layers.Layer.add_metric")
def add_metric(call: Call) -> Value:
    """`self.add_metric(value, name)`: Keras 3 still has the method, which only raises."""
    if call.engine.keras_major >= 3 and not builds_quietly():
        call.refuse(
            "own-metric", "a keras.metrics.Mean of the layer's own, or compile's metrics", "add_metric()",
            "Layer `add_metric()` method is deprecated. Add your metric in `Model.compile(metrics=[...])`.", exception="NotImplementedError",
            subject=call.receiver,
        )  # fmt: skip
    return None


@attribute("keras.layers.Layer.add_update")
def add_update(call: Call) -> Value:
    """`self.add_update(ops)`: in Keras 3 a variable is assigned to where it changes."""
    layer = call.receiver
    if call.engine.keras_major >= 3 and isinstance(layer, LayerObject) and _is_all_of_keras(layer):
        _refuse(call, layer.class_name)
    return call.unknown("what an update does is not followed")


def _is_all_of_keras(layer: LayerObject) -> bool:
    """Does its class inherit from nothing that can't be seen, and answer no name by itself?"""
    if layer.user_class is None:
        return not layer.opaque
    seen = all(
        isinstance(c, ClassValue) or (isinstance(c, External) and c.name.startswith("keras."))
        for c in layer.user_class.mro()
    )
    return seen and not layer.user_class.defines("__getattr__", "__getattribute__")


OF_LAYERS = ("get_output_at", "get_input_at", "get_output_shape_at", "get_input_shape_at", "get_input_mask_at")
OF_MODELS = (
    "reset_states",
    "fit_generator",
    "evaluate_generator",
    "predict_generator",
    "predict_classes",
    "predict_proba",
    "to_yaml",
)
OF_CALLBACKS = ("validation_data",)
"""What Keras 2 set in a callback before it called its methods."""
OF_VARIABLES = (
    "eval", "experimental_ref", "get_shape", "initial_value", "initialized_value", "initializer", "load", "read_value", "ref", "set_shape",
    "T", "astype", "flatten", "item", "max", "mean", "min", "reshape", "size", "sum", "tolist", "transpose",
)  # fmt: skip
"""What variables of TensorFlow, and arrays of NumPy, have and those of Keras 3 haven't."""


FOLLOWED = "~followed"
"""The attribute of a callback of the user's own whose methods were called as `fit` calls them."""


def is_gone_from(value: Value, name: str, major: int) -> bool:
    """Has the value surely no attribute of this name, although Keras 2 had it?"""
    if major < 3:
        return False
    if isinstance(value, LayerObject) and name == "add_update":
        return _is_all_of_keras(value)
    if isinstance(value, ModelObject):
        return value.user_class is None and name in (*OF_LAYERS, *OF_MODELS)
    if isinstance(value, LayerObject):
        return value.user_class is None and name in OF_LAYERS
    if isinstance(value, Tensor):
        return name in ("get_shape", "numpy") and not inside_call()
    if isinstance(value, Object):
        return name in OF_CALLBACKS and FOLLOWED in value.attributes and not value.approximate
    return is_variable(value) and name in OF_VARIABLES


@attribute(*(f"{VARIABLE}.{name}" for name in OF_VARIABLES))
def of_variables(call: Call) -> Value:
    """`layer.kernel.get_shape()`: the variables of Keras 3 are no longer TensorFlow's own."""
    if is_variable(call.receiver):
        _refuse(call, "Variable")
    return call.unknown("what a tensor has of this name is not known")


@attribute(f"{VARIABLE}.value")
def value_of_variable(call: Call) -> Value:
    """`variable.value`: the variable of TensorFlow that it holds."""
    return _as_tensorflow_has_it(call, "tensorflow.Variable")


@method(f"{VARIABLE}.assign", f"{VARIABLE}.assign_add", f"{VARIABLE}.assign_sub")
def assign(call: Call) -> Value:
    """`variable.assign(value)`: the shape stays."""
    own, value = call.receiver, call.args[0] if call.args else call.kwargs.get("value")
    short = call.name.rpartition(".")[2]
    if short == "assign" and call.engine.keras_major >= 3 and is_variable(own) and isinstance(value, Array):
        if same_shape(own.shape, value.shape) is False:  # nothing is broadcast
            call.refuse(
                "variable-shape", str(own.shape), str(value.shape),
                f"The shape of the target variable and the shape of the target value in `variable.assign(value)` must match. variable.shape={own.shape}, "
                f"Received: value.shape={value.shape}", blamed=call.arg_places[:1], subject="keras.Variable.assign",
            )  # fmt: skip
    return _as_tensorflow_has_it(call, "tensorflow.Tensor")


def _as_tensorflow_has_it(call: Call, kind: str) -> Value:
    own = call.receiver
    return Array(own.shape, own.dtype, kind, own.bits, place=call.place) if isinstance(own, Array) else own


@method(*(f"keras.layers.Layer.{name}" for name in OF_LAYERS), *(f"keras.Model.{name}" for name in OF_MODELS))
def gone(call: Call) -> Value:
    """Methods that Keras 3 no longer has."""
    receiver = call.receiver
    if call.engine.keras_major >= 3 and isinstance(receiver, LayerObject):
        if isinstance(receiver, ModelObject) or receiver.user_class is None:
            _refuse(call, receiver.class_name)
    return call.unknown("a result of Keras 2")


@method("builtins.tuple.__getattr__")
def of_shapes(call: Call) -> Value:
    """`x.shape.as_list()`: Keras 3's shapes are plain tuples. In a layer's `call` they are TensorFlow's."""
    shape, name = call.receiver, str(call.args[0])
    if type(shape) is ShapeTuple and not shape.graph and not hasattr(tuple, name):
        call.refuse(
            "no-attribute", "", name, f"'tuple' object has no attribute '{name}'", exception="AttributeError", subject="keras.KerasTensor",
            attribute=name, of="shape",
        )  # fmt: skip
    if type(shape) is ShapeTuple and shape.graph:
        if name == "as_list":
            return BuiltFunction(
                "TensorShape.as_list", lambda call: ShapeList(list(shape), place=call.place, shape=shape)
            )
        if name in ("ndims", "rank"):
            return len(shape)
    key = ("attribute", call.engine.number_of(shape), name)
    return Unknown(f"`{name}` of tuple is not known", call.place, key=key, origin=Origin(name, call.place))


@method("keras.KerasTensor.get_shape")
def get_shape(call: Call) -> Value:
    """`x.get_shape()`, TensorFlow's, which a symbolic tensor of Keras 3 doesn't have."""
    if call.engine.keras_major >= 3 and isinstance(call.receiver, Tensor) and not inside_call():
        _refuse(call, "KerasTensor")
    if call.engine.keras_major >= 3 and isinstance(call.receiver, Tensor):
        return call.engine.get_attribute(call.receiver, "shape", call.place)
    return call.unknown("the shape is not known", "tuple")
