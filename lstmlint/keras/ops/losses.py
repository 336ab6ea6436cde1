"""Losses and metrics called as functions on tensors: one value for each sample, or each step of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...knowledge import function
from ...shapes import Shape
from ..spec import TensorSpec
from ..tensors import UNKNOWN_SPEC
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


for _name in (*LOSSES, *METRICS):
    _compute = per_sample if _name.startswith("sparse_") else same_rank
    _groups = ("losses", "metrics") if _name in LOSSES else ("metrics",)
    function(*(f"keras.{group}.{_name}" for group in _groups))(
        operation(_name, "y_true, y_pred, *rest, **options", _compute)
    )
