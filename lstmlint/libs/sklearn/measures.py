"""Scores, confusion matrices and class weights: what they are, not how large."""

from __future__ import annotations

from ...dims import ANY
from ...knowledge import Call, function
from ...shapes import Shape
from ...values import Value
from ..numpy.arrays import make

_SCORES = (
    "accuracy_score", "mean_squared_error", "mean_absolute_error", "r2_score", "f1_score", "precision_score", "recall_score", "roc_auc_score",
    "log_loss", "root_mean_squared_error", "mean_absolute_percentage_error", "explained_variance_score", "cohen_kappa_score", "balanced_accuracy_score",
    "matthews_corrcoef", "median_absolute_error", "average_precision_score", "silhouette_score", "auc",
)  # fmt: skip


@function(*(f"sklearn.metrics.{n}" for n in _SCORES))
def score(call: Call) -> Value:
    """A number."""
    plain = call.kwargs.get("average", "") is not None and "multioutput" not in call.kwargs
    return call.unknown("the score depends on the data", "float" if plain else None)


@function("sklearn.metrics.classification_report")
def report(call: Call) -> Value:
    """A text, or a dict."""
    return call.unknown("the report depends on the data", "str" if "output_dict" not in call.kwargs else "dict")


@function("sklearn.metrics.confusion_matrix")
def confusion(call: Call) -> Value:
    """(classes, classes)"""
    return make(call, Shape((ANY, ANY)), "int" if "normalize" not in call.kwargs else None, *call.args)


@function("sklearn.utils.class_weight.compute_class_weight", "sklearn.utils.class_weight.compute_sample_weight")
def weights(call: Call) -> Value:
    """A weight for each class or sample."""
    return make(call, Shape((ANY,)), "float", *call.args)
