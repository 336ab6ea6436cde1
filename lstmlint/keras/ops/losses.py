"""Losses and metrics called as functions on tensors: one value for each sample, or each step of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...knowledge import Call, Handler, function, method
from ...places import Place
from ...shapes import Shape
from ...values import Array, ListValue, Object, Tensor, Value
from ..spec import TensorSpec
from ..tensors import UNKNOWN_SPEC, is_open
from ..training.identifiers import LOSS_CLASSES
from .elementwise import spec
from .performing import operation

LOSSES = (
    "binary_crossentropy", "binary_focal_crossentropy", "categorical_crossentropy", "categorical_focal_crossentropy", "categorical_hinge",
    "hinge", "huber", "kl_divergence", "log_cosh", "mean_absolute_error", "mean_absolute_percentage_error", "mean_squared_error",
    "mean_squared_logarithmic_error", "poisson", "sparse_categorical_crossentropy", "squared_hinge", "mse", "mae", "mape", "msle", "kld", "kullback_leibler_divergence", "logcosh",
)  # fmt: skip
METRICS = (
    "categorical_accuracy", "sparse_categorical_accuracy", "top_k_categorical_accuracy", "sparse_top_k_categorical_accuracy",
)  # fmt: skip


def per_sample(a: Mapping[str, Any]) -> TensorSpec:
    """The mean over the last axis of the prediction; unknown where targets of another rank may be stretched."""
    true, predicted = spec(a["y_true"]), spec(a["y_pred"])
    if true.shape.dims is None or predicted.shape.dims is None or len(predicted.shape.dims) < 2:
        return UNKNOWN_SPEC
    if len(true.shape.dims) not in (len(predicted.shape.dims), len(predicted.shape.dims) - 1):
        return UNKNOWN_SPEC
    return TensorSpec(Shape(predicted.shape.dims[:-1]), predicted.dtype)


def same_rank(a: Mapping[str, Any]) -> TensorSpec:
    """As `per_sample`, for functions that broadcast: only where both have the same sizes for certain."""
    true, predicted = spec(a["y_true"]), spec(a["y_pred"])
    return per_sample(a) if str(true.shape) == str(predicted.shape) else UNKNOWN_SPEC


def _is_list(value: Value) -> bool:
    return isinstance(value, (ListValue, tuple))


def _refuse_list(call: Call, given: Value, place: Place | None, message: str, **more: Any) -> None:
    call.refuse("number-for-tensor", "a tensor or an array", "a list", message, blamed=(place,), value=given, **more)


def _of_tensors(handler: Handler) -> Handler:
    """`sparse_categorical_crossentropy` asks both for their shapes before it makes tensors of them; other functions make tensors first."""

    def asked(call: Call) -> Value:
        if call.engine.keras_major >= 3 and not call.open:
            given = [*zip(call.args[:2], call.arg_places)]
            given += [(call.kwargs[n], call.kwarg_places[n]) for n in ("y_true", "y_pred") if n in call.kwarg_places]
            for value, place in given:
                if _is_list(value):
                    message = "'list' object has no attribute 'shape'"
                    _refuse_list(call, value, place, message, exception="AttributeError")
        return handler(call)

    return asked


for _name in (*LOSSES, *METRICS):
    _compute = per_sample if _name.startswith("sparse_") else same_rank
    _groups = ("losses", "metrics") if _name in LOSSES else ("metrics",)
    _handler = operation(_name, "y_true, y_pred, *rest, **options", _compute)
    function(*(f"keras.{group}.{_name}" for group in _groups))(
        _of_tensors(_handler) if _name == "sparse_categorical_crossentropy" else _handler
    )


@method("keras.losses.Loss.__call__")
def call_loss(call: Call) -> Value:
    """`loss(y_true, y_pred)` of a loss that is an object: lists are nested structures to it, and both must have the same one."""
    loss = call.receiver
    known = isinstance(loss, Object) and loss.user_class is None and loss.class_name in LOSS_CLASSES
    if known and call.engine.keras_major >= 3 and not call.open and len(call.args) >= 2 and isinstance(loss, Object):
        true, predicted = call.args[:2]
        sparse = loss.class_name == "SparseCategoricalCrossentropy" and _is_list(true) and _is_list(predicted)
        if sparse or _differ(true, predicted):
            first = 0 if _is_list(true) else 1
            place = call.arg_places[first] if len(call.arg_places) > first else None
            message = "Structures don't have the same nested structure."
            _refuse_list(call, call.args[first], place, message, subject=loss.type_name)
    return call.unknown("the loss's value is not known")


def _differ(one: Value, other: Value) -> bool:
    """Are the two surely nested in other ways?"""
    if _is_list(one) and _is_list(other):
        if is_open(one) or is_open(other):
            return False
        left, right = _items(one), _items(other)
        return len(left) != len(right) or any(_differ(a, b) for a, b in zip(left, right))
    return (_is_list(one) and _is_leaf(other)) or (_is_leaf(one) and _is_list(other))


def _items(value: Value) -> list[Value]:
    return value.items if isinstance(value, ListValue) else list(value)


def _is_leaf(value: Value) -> bool:
    return isinstance(value, (Array, Tensor, bool, int, float))
