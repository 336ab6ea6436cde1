"""Class labels that the output has no unit for."""

from __future__ import annotations

from typing import Any

from ...shapes import Shape
from ...values import Array


def _numbers(constant: Any) -> list[float] | None:
    if isinstance(constant, tuple):
        found: list[float] = []
        for item in constant:
            inner = _numbers(item)
            if inner is None:
                return None
            found += inner
        return found
    if isinstance(constant, (bool, int, float)):
        return [float(constant)]
    return None


def out_of_range(target: Array, predicted: Shape) -> int | None:
    """A label that surely occurs and is outside 0 .. classes - 1; None when there is none that we know of."""
    classes = predicted.get(-1).known
    if classes is None:
        return None
    numbers = _numbers(target.constant) if target.constant is not None else None
    if numbers is not None:
        return next((int(n) for n in numbers if n >= classes or n <= -1), None)
    if target.low is not None and target.low >= classes:
        return int(target.low)
    if target.facts.get("all_labels") and target.high is not None and target.high >= classes:
        return int(target.high)
    return None
