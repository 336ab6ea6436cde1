"""Conditions that choose by the version of a library: what is done for one version need not hold for another."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from ..patterns import pattern
from ..values import OneOf, Value
from .operators import BINARY, COMPARISONS, SYMBOLS

if TYPE_CHECKING:
    from .machine import Machine

T = TypeVar("T")

_VERSION = pattern(r"version|^(is_|has_|use_)?(tf|tensorflow|keras)_?(v?\d|major)", re.I)
_TENSORFLOW = pattern(r"^(is_|get_)?(tf|tensorflow)_?(major|version)", re.I)


def asks_for_version(test: ast.expr, condition: Value) -> bool:
    """Does a condition choose by the version of a library (`tf.__version__ >= "2.18"`, `KERAS_3`), which may be one or another?"""
    if isinstance(condition, bool):
        return False
    return isinstance(condition, OneOf) or _names_version(test)


def _names_version(test: ast.expr) -> bool:
    found: bool | None = getattr(test, "of_version_", None)
    if found is None:
        words = [
            n.attr if isinstance(n, ast.Attribute) else n.id
            for n in ast.walk(test)
            if isinstance(n, (ast.Attribute, ast.Name))
        ]
        found = any(_VERSION.search(word) for word in words)
        test.of_version_ = found  # type: ignore[attr-defined]
    return found


def of_tensorflow_2(test: ast.expr) -> bool | None:
    """Of a condition that compares TensorFlow's major version with a number (`tf_version == 1`): what it is with TensorFlow 2, else None."""
    if not isinstance(test, ast.Compare) or len(test.ops) != 1 or not isinstance(test.left, ast.Name):
        return None
    number, symbol = test.comparators[0], SYMBOLS.get(type(test.ops[0]).__name__)
    if (
        symbol not in COMPARISONS
        or not _TENSORFLOW.search(test.left.id)
        or not isinstance(number, ast.Constant)
        or not isinstance(number.value, int)
    ):
        return None
    return bool(BINARY[symbol](2, number.value))


def for_one_version(machine: Machine, follow: Callable[[], T]) -> T:
    """What is written for one version of a library need not hold for the other, which never comes here."""
    machine.one_version += 1
    try:
        return follow()
    finally:
        machine.one_version -= 1
