"""What each metric of Keras asks of the shapes of targets and outputs."""

from __future__ import annotations

from dataclasses import replace

from ...shapes import Shape
from .agreement import UNKNOWN, Agreement, Verdict, elementwise, is_one, same_size, squeeze_or_expand, squeezed
from .identifiers import ACCURACY, LOSS_CLASSES, Metric
from .losses import RULES

_LOSS_LIKE = {
    **{name: LOSS_CLASSES[name] for name in (
        "BinaryCrossentropy", "CategoricalCrossentropy", "SparseCategoricalCrossentropy", "KLDivergence", "Poisson", "Hinge", "SquaredHinge",
        "CategoricalHinge", "MeanSquaredError", "MeanAbsoluteError", "MeanAbsolutePercentageError", "MeanSquaredLogarithmicError",
        "CosineSimilarity",
    )},
    "LogCoshError": "log_cosh",
}  # fmt: skip
_CONFUSION = [
    "Precision",
    "Recall",
    "AUC",
    "PrecisionAtRecall",
    "RecallAtPrecision",
    "SensitivityAtSpecificity",
    "SpecificityAtSensitivity",
    "TruePositives",
    "TrueNegatives",
    "FalsePositives",
    "FalseNegatives",
]


def kind_of_accuracy(true: Shape, predicted: Shape) -> str | None:
    """Which accuracy "accuracy" is, by the shapes, as Keras decides it; None when it can't be told."""
    if not true.dims or not predicted.dims:
        return None
    one = is_one(predicted[-1])
    if one:
        return "BinaryAccuracy"
    if one is None:
        return None
    if len(true.dims) < len(predicted.dims):
        return "SparseCategoricalAccuracy"
    last = is_one(true[-1])
    return None if last is None else "SparseCategoricalAccuracy" if last else "CategoricalAccuracy"


def _categorical(true: Shape, predicted: Shape) -> Verdict:
    true = true.slice(0, -1)
    if true.rank == predicted.rank:
        one = is_one(true.get(-1))
        if one is None:
            return UNKNOWN
        if not one:
            return Verdict(Agreement.RAISES, f"Cannot squeeze axis=-1 of targets with shape {true}: it isn't 1", true)
        true = true.slice(0, -1)
    return elementwise(true, predicted.slice(0, -1))


def _sparse(true: Shape, predicted: Shape) -> Verdict:
    if true.rank == predicted.rank:
        one = is_one(true.get(-1))
        if one is None:
            return UNKNOWN
        if one:
            true = true.slice(0, -1)
    return elementwise(true, predicted.slice(0, -1))


def _top_k(true: Shape, predicted: Shape, sparse: bool) -> Verdict:
    if not sparse:
        true = true.slice(0, -1)
    if true.dims is None or predicted.dims is None or not predicted.dims:
        return UNKNOWN
    rows, labels = Shape(predicted.dims[:-1]).size(), true.size()
    if not true.dims or len(predicted.dims) < 2:
        return Verdict(
            Agreement.RAISES, f"targets must be 1-dimensional and predictions 2-dimensional, not {true} and {predicted}"
        )
    return same_size(rows, labels, f"First dimension of predictions {predicted} must match length of targets {true}")


def _confusion(true: Shape, predicted: Shape) -> Verdict:
    pair = squeeze_or_expand(predicted, true)
    if pair is None or pair[0].dims is None or pair[1].dims is None:
        return UNKNOWN
    left, right = pair[0].size(), pair[1].size()
    verdict = same_size(left, right, f"Incompatible shapes: {true} vs. {predicted}")
    return UNKNOWN if verdict.agreement is Agreement.RAISES and (is_one(left) or is_one(right)) else verdict


def _two_axes(true: Shape, predicted: Shape, kind: str) -> Verdict:
    """F-scores take both as they are, R2Score squeezes them first; both then need (batch, classes) and count for each predicted class."""
    pair = squeeze_or_expand(true, predicted) if kind == "R2Score" else (true, predicted)
    if pair is None or pair[0].dims is None or pair[1].dims is None:
        return UNKNOWN
    if pair[0].rank != 2 or pair[1].rank != 2:
        return Verdict(
            Agreement.RAISES,
            f"{kind} expects 2D inputs with shape (batch_size, output_dim). Received input shapes: y_pred.shape={predicted} and y_true.shape={true}.",
        )
    if is_one(pair[1][-1]) and is_one(pair[0][-1]) is False:
        return Verdict(
            Agreement.RAISES,
            f"The shape of the target variable and the shape of the target value must match: (1,) and ({pair[0][-1]},)",
        )
    return elementwise(*pair)


def judge(metric: Metric, true: Shape, predicted: Shape) -> Verdict:
    """What happens when this metric meets targets and outputs of these shapes (of one batch)."""
    kind: str | None = metric.kind
    if kind == ACCURACY:
        kind = kind_of_accuracy(true, predicted)
    if kind is None or true.dims is None or predicted.dims is None:
        return UNKNOWN
    given = metric.arguments
    if given is not None and (
        given.open or any(given.explicit(n) for n in ("axis", "class_id", "top_k", "k", "multi_label", "average"))
    ):
        return UNKNOWN
    if kind in ("Accuracy", "BinaryAccuracy", "RootMeanSquaredError"):
        return squeezed(true, predicted)
    if kind == "CategoricalAccuracy":
        return _categorical(true, predicted)
    if kind == "SparseCategoricalAccuracy":
        return _sparse(true, predicted)
    if kind in ("TopKCategoricalAccuracy", "SparseTopKCategoricalAccuracy"):
        return _top_k(true, predicted, kind.startswith("Sparse"))
    if kind in _CONFUSION:
        return _confusion(true, predicted)
    if kind in ("F1Score", "FBetaScore", "R2Score"):
        return _two_axes(true, predicted, "FBetaScore" if kind == "F1Score" else kind)
    function = metric.function or _LOSS_LIKE.get(kind)
    rule = RULES.get(function or "")
    return replace(rule(true, predicted)) if rule is not None else UNKNOWN
