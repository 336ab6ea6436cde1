"""Class labels that the output has no unit for."""

from __future__ import annotations

from typing import Any

from ...faults import Moment
from ...knowledge import Call
from ...libs.numpy.arrays import classes_of
from ...program import Use
from ...shapes import Shape
from ...values import Array
from ..ids import numbers_in


def out_of_range(target: Array, predicted: Shape, use: Use) -> int | None:
    """A label that surely occurs and is outside 0 .. classes - 1; None when there is none that we know of."""
    classes = predicted.get(-1).known
    if classes is None or target.may_be_written:
        return None
    numbers = numbers_in(target.constant) if target.constant is not None else None
    if numbers is not None:
        return next((int(n) for n in numbers if n >= classes or n <= -1), None)
    if target.low is not None and target.low >= classes:
        return int(target.low)
    whole = use.arguments.get("steps_per_epoch") is None and use.arguments.get("steps") is None
    all_of_them = classes_of(target) if whole else None
    return all_of_them - 1 if all_of_them is not None and all_of_them > classes else None


def refuse_out_of_range(
    call: Call, use: Use, target: Array, predicted: Shape, moment: Moment, details: dict[str, Any]
) -> None:
    """sparse_categorical_crossentropy raises for a label that the output has no unit for."""
    label = out_of_range(target, predicted, use)
    if label is not None:
        call.refuse(
            "label-range", f"labels from 0 to {(predicted[-1].known or 1) - 1}", f"the label {label}",
            f"Received a label value of {label} which is outside the valid range of [0, {predicted[-1]}).", moment=moment,
            blamed=(use.arguments.place("y"),), subject=use.model, label=label, classes=predicted[-1], **details,
        )  # fmt: skip
