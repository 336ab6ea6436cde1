"""The verdict of Keras 2 on a use: the model's input spec, then each output's loss, by the rules that it had before Keras 3."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ...dims import same
from ...faults import Moment
from ...knowledge import Call
from ...program import Use
from ...shapes import Shape
from ...values import Array, DictValue, External, ListValue, Object, Unknown, Value
from ..tensors import is_open, leaves
from .agreement import FINE, UNKNOWN, Agreement, Verdict, elementwise, is_one, same_size
from .feed import Feed, first_plain
from .identifiers import LOSS_CLASSES, Loss, identify_loss
from .labels import refuse_out_of_range
from .targets import Output, batch_shape, items_of

ELEMENTWISE = frozenset(
    (
        "mean_squared_error", "mean_absolute_error", "mean_absolute_percentage_error", "mean_squared_logarithmic_error", "huber", "log_cosh",
        "kl_divergence", "poisson", "hinge", "squared_hinge", "categorical_hinge", "cosine_similarity",
    )
)  # fmt: skip


def takes(*values: Value) -> bool:
    """Is the data such that Keras 2 takes it as Keras 3 does? Lists of numbers it turns into arrays, or not, by rules of its own."""
    return all(first_plain(value) is None for value in values)


def squeezed(true: Shape, predicted: Shape) -> tuple[Shape, Shape] | None:
    """Keras 2's `match_dtype_and_rank` and `squeeze_or_expand_dimensions`. None when it can't be told.

    A vector of targets becomes a column for outputs (batch, n); then a last axis of 1 goes where the ranks differ by one.
    """
    if true.rank is None or predicted.rank is None:
        return None
    if true.rank == 1 and predicted.rank == 2:
        true = true.extend(1)
    longer = predicted.rank - (true.rank or 0)
    if longer in (1, -1):
        one = is_one((predicted if longer == 1 else true)[-1])
        if one is None:
            return None
        if one:
            return (true, predicted.slice(0, -1)) if longer == 1 else (true.slice(0, -1), predicted)
    return true, predicted


def judge(loss: Loss, true: Shape, predicted: Shape, activation: Value = None) -> Verdict:
    """What happens in Keras 2 when this loss meets targets and outputs of these shapes (of one batch).

    `activation` is that of the layer which gives the output: after a sigmoid, binary_crossentropy works on its logits and compares shapes.
    """
    pair = squeezed(true, predicted)
    if pair is None or not loss.plain or pair[0].dims is None or pair[1].dims is None:
        return UNKNOWN
    a, b = pair
    if loss.name in ELEMENTWISE:
        return elementwise(a, b)
    if loss.name == "sparse_categorical_crossentropy":
        return _sparse(a, b)
    if loss.name == "categorical_crossentropy":
        return _compatible(a, b, f"Shapes {a} and {b} are incompatible")
    if loss.name == "binary_crossentropy":
        verdict = elementwise(a, b)
        if verdict.agreement in (Agreement.BROADCASTS, Agreement.WRONG):
            logits = isinstance(activation, str) and activation == "sigmoid" and b.rank == predicted.rank
            told = f"`logits` and `labels` must have the same shape, received ({b} vs {a})."
            return _compatible(a, b, told) if logits else UNKNOWN
        return verdict
    return UNKNOWN


def _compatible(true: Shape, predicted: Shape, told: str) -> Verdict:
    """The same rank and sizes that agree; the batch's is not compared, because TensorFlow leaves it open."""
    assert true.dims is not None
    assert predicted.dims is not None
    if len(true.dims) != len(predicted.dims):
        return Verdict(Agreement.RAISES, told, predicted)
    answers = [same(x, y) for x, y in zip(true.dims[1:], predicted.dims[1:])]
    if False in answers:
        return Verdict(Agreement.RAISES, told, predicted)
    return UNKNOWN if None in answers else replace(FINE, result=predicted)


def _sparse(true: Shape, predicted: Shape) -> Verdict:
    """Labels of one axis less must have the sizes of the rest; others are laid flat, and then only the number of them counts."""
    assert true.dims is not None
    assert predicted.dims is not None
    if not predicted.dims or not true.dims:
        return UNKNOWN
    leading = predicted.slice(0, -1)
    told = f"logits and labels must have the same first dimension, got logits shape {predicted} and labels shape {true}"
    if len(true.dims) == len(predicted.dims) - 1:
        answers = [same(x, y) for x, y in zip(true.dims, leading.dims or ())]
        return Verdict(Agreement.RAISES, told) if False in answers else UNKNOWN if None in answers else FINE
    return same_size(true.size(), leading.size(), told)


def compare(call: Call, use: Use, feed: Feed, outputs: list[Output], moment: Moment) -> str | None:
    """The losses of one step. Gives "fine", "broadcasts" or None; raises the Refusal where Keras 2 raises."""
    compiled = use.compile
    if compiled is None or compiled.arguments.open or isinstance(feed.y, Unknown) or is_open(feed.y):
        return None
    targets = leaves(feed.y)
    wanted = _losses(compiled.loss, outputs)
    if isinstance(feed.y, DictValue) or wanted is None or len(targets) != len(outputs):
        return None
    answers: set[str | None] = set()
    for output, target, value in zip(outputs, targets, wanted):
        loss = identify_loss(value)
        if isinstance(loss, Loss) and isinstance(value, External) and loss.written in LOSS_CLASSES:
            loss = None  # a class: Keras 2 makes no instance of it
        known = isinstance(loss, Loss) and isinstance(target, Array) and target.dtype not in ("string", "object")
        answers.add(_one(call, use, feed, output, target, loss, moment) if known else None)  # type: ignore[arg-type]
    more = [
        compiled.metrics,
        compiled.arguments.get("weighted_metrics"),
        compiled.arguments.get("loss_weights"),
        use.arguments.get("class_weight"),
        feed.weights,
    ]
    if None in answers or any(value is not None for value in more):
        return None
    return "broadcasts" if "broadcasts" in answers else "fine"


def _losses(given: Value, outputs: list[Output]) -> list[Value] | None:
    """The loss of each output; None where it can't be told."""
    if isinstance(given, (str, Object)):
        return [given] * len(outputs)
    if isinstance(given, DictValue):
        names = [output.name for output in outputs]
        return [given.entries[name] for name in names] if set(names) == set(given.entries) and not given.open else None
    if isinstance(given, (ListValue, tuple)):
        several = items_of(given)
        return several if several is not None and len(several) == len(outputs) else None
    return None if given is None or isinstance(given, Unknown) else [given] * len(outputs)


def _one(call: Call, use: Use, feed: Feed, output: Output, target: Array, loss: Loss, moment: Moment) -> str | None:
    """One output's loss on every size of batch."""
    compiled = use.compile
    assert compiled is not None
    found: set[str | None] = set()
    arguments = getattr(output.layer, "arguments", None)
    activation = arguments.get("activation") if arguments is not None else None
    for batch in feed.batches:
        true = feed.target_shape(target, batch)
        predicted = batch_shape(output.spec.shape, batch, open_axis=True)
        verdict = judge(loss, true, predicted, activation)
        details: dict[str, Any] = {
            "use": use, "compile": compiled, "target": target, "output": output, "layer": output.layer, "true": true, "predicted": predicted,
            "target_shape": target.shape, "output_shape": output.spec.shape, "model": use.model, "dataset": feed.dataset, "x": feed.x,
            "loss": loss.name, "written": loss.written,
        }  # fmt: skip
        blamed = (use.arguments.place("y"), compiled.arguments.place("loss"))
        if verdict.agreement is Agreement.RAISES:
            call.refuse(
                "target-shape", f"targets for {loss.name} of {predicted}", str(true), verdict.why, moment=moment, blamed=blamed,
                subject=use.model, batches=feed.batches, **details,
            )  # fmt: skip
        if verdict.agreement in (Agreement.BROADCASTS, Agreement.WRONG):
            if "broadcasts" not in found:
                certain = verdict.agreement is Agreement.BROADCASTS
                call.notice(
                    "target-broadcast", f"{true} against {predicted} broadcasts to {verdict.result}", moment=moment, blamed=blamed,
                    subject=use.model, certain=certain, **details,
                )  # fmt: skip
            found.add("broadcasts")
            continue
        fine = verdict.agreement is Agreement.FINE
        if fine and loss.name == "sparse_categorical_crossentropy":
            _, compared = squeezed(true, predicted) or (true, predicted)
            refuse_out_of_range(call, use, target, compared, moment, details)
        found.add("fine" if fine else None)
    return None if None in found else "broadcasts" if "broadcasts" in found else "fine"


__all__ = ["compare", "judge", "takes"]
