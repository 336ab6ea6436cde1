"""What each loss of Keras asks of the shapes of targets and outputs: it raises, it broadcasts silently, or it is fine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ...dims import Dim, same
from ...shapes import Shape
from .agreement import (
    FINE,
    UNKNOWN,
    Agreement,
    Verdict,
    elementwise,
    exactly,
    is_one,
    squeeze_or_expand,
    squeezed,
    worst,
)
from .identifiers import Loss

Rule = Callable[[Shape, Shape], Verdict]
"""From the shapes of y_true and y_pred (one batch) to what happens; the result is the shape of the values before their reduction."""


def _samples(verdict: Verdict) -> Verdict:
    """One value for each sample: the last axis is summed or averaged away."""
    return replace(verdict, result=verdict.result.slice(0, -1))


def _elementwise(true: Shape, predicted: Shape) -> Verdict:
    return _samples(elementwise(true, predicted))


def _squeezed(true: Shape, predicted: Shape) -> Verdict:
    return _samples(squeezed(true, predicted))


def _exactly(true: Shape, predicted: Shape) -> Verdict:
    return _samples(exactly(true, predicted))


def _everything(true: Shape, predicted: Shape) -> Verdict:
    """Sums over all axes (Dice, Tversky): one value for the batch."""
    return replace(elementwise(true, predicted), result=Shape(()))


def sparse(true: Shape, predicted: Shape) -> Verdict:
    """Integer labels: one axis less than the outputs, a last axis of 1 is dropped first, all leading axes equal."""
    if true.dims is None or predicted.dims is None or not predicted.dims:
        return UNKNOWN
    if len(true.dims) == len(predicted.dims):
        one = is_one(true[-1])
        if one is None:
            return UNKNOWN
        if one:
            true = true.slice(0, -1)
    leading = predicted.slice(0, -1)
    if true.rank != leading.rank:
        return Verdict(
            Agreement.RAISES,
            f"Argument `output` must have rank (ndim) `target.ndim - 1`. Received: target.shape={true}, output.shape={predicted}",
            leading,
        )
    verdict = exactly(true, leading)
    if verdict.agreement is Agreement.RAISES:
        return Verdict(
            Agreement.RAISES,
            "Arguments `target` and `output` must have the same shape up until the last dimension: "
            f"target.shape={true}, output.shape={predicted}",
            leading,
        )
    return replace(verdict, result=leading)


def _ctc(true: Shape, predicted: Shape) -> Verdict:
    """(batch, labels) against (batch, timesteps, classes); what the labels are decides the rest."""
    if true.rank is not None and true.rank != 2:
        return Verdict(
            Agreement.RAISES,
            f"Targets `y_true` are expected to be a tensor of shape `(batch_size, max_length)`. Received: {true}",
        )
    if predicted.rank is not None and predicted.rank != 3:
        return Verdict(
            Agreement.RAISES,
            f"Logits `y_pred` are expected to be a tensor of shape `(batch_size, max_length, num_classes)`. Received: {predicted}",
        )
    return UNKNOWN


def _circle(true: Shape, predicted: Shape) -> Verdict:
    """Labels (batch,) or (batch, 1) against embeddings (batch, features)."""
    if predicted.rank == 2 and (true.rank == 1 or (true.rank == 2 and is_one(true[-1]))):
        return replace(FINE, result=predicted.slice(0, 1))
    return UNKNOWN


RULES: dict[str, Rule] = {
    **dict.fromkeys(
        (
            "mean_squared_error", "mean_absolute_error", "mean_absolute_percentage_error", "mean_squared_logarithmic_error", "huber",
            "log_cosh", "cosine_similarity",
        ),
        _squeezed,
    ),
    **dict.fromkeys(("kl_divergence", "poisson", "hinge", "squared_hinge", "categorical_hinge", "categorical_focal_crossentropy"), _elementwise),
    **dict.fromkeys(("binary_crossentropy", "binary_focal_crossentropy", "categorical_crossentropy"), _exactly),
    "sparse_categorical_crossentropy": sparse,
    "dice": _everything,
    "tversky": _everything,
    "ctc": _ctc,
    "circle": _circle,
}  # fmt: skip
"""The function itself, without the squeezing that a loss's wrapper does before."""


def resolve(loss: Loss, true: Shape, predicted: Shape) -> str | None:
    """The function's name; "crossentropy" is decided by the shapes as Keras does it."""
    if loss.name != "crossentropy":
        return loss.name
    if true.dims is None or predicted.dims is None or not true.dims or not predicted.dims:
        return None
    one = is_one(predicted[-1])
    if one:
        return "binary_crossentropy"
    if one is None:
        return None
    if len(true.dims) < len(predicted.dims):
        return "sparse_categorical_crossentropy"
    last = is_one(true[-1])
    return None if last is None else "sparse_categorical_crossentropy" if last else "categorical_crossentropy"


def judge(loss: Loss, true: Shape, predicted: Shape) -> Verdict:
    """What happens when this loss meets targets and outputs of these shapes (of one batch)."""
    name = resolve(loss, true, predicted)
    rule = RULES.get(name or "")
    if rule is None or not loss.plain:
        return UNKNOWN
    pair = squeeze_or_expand(true, predicted)
    if pair is not None:
        return rule(*pair)
    either = [rule(*pair) for pair in _either_way(true, predicted)]
    raises = all(verdict.agreement is Agreement.RAISES for verdict in either)
    return either[-1] if either and raises else UNKNOWN


def _either_way(true: Shape, predicted: Shape) -> list[tuple[Shape, Shape]]:
    """What Keras compares where a last axis, whose size is not known, is 1 and goes, and where it isn't and stays. Where it is 1, so are the others of
    the same size."""
    last = (true if len(true.dims or ()) > len(predicted.dims or ()) else predicted).get(-1)
    ones = [
        Shape(tuple(Dim(1) if same(dim, last) is True else dim for dim in shape.dims or ()))
        for shape in (true, predicted)
    ]
    pair = squeeze_or_expand(*ones) if true.dims is not None and predicted.dims is not None else None
    return [] if pair is None else [pair, (true, predicted)]


def weighted(values: Shape, weights: Shape) -> Verdict:
    """The loss's values times sample weights or a mask."""
    return squeezed(values, weights)


__all__ = ["RULES", "judge", "resolve", "sparse", "weighted", "worst"]
