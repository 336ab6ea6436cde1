"""A layer to be explained: its shapes, arguments and weights, with the names that the user gave the numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import Any

from ..dims import Dim, TracedInt
from ..frozen import dataclass
from ..program import LayerCall
from ..shapes import Shape
from ..values import LayerObject, is_int, to_dim

Explainer = Callable[["Subject"], "Explanation"]


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """A layer and the call that is looked at."""

    layer: LayerObject
    call: LayerCall

    @property
    def shape(self) -> Shape:
        """What it gets."""
        return self.call.input_shape

    @property
    def result(self) -> Shape:
        """What it returns."""
        return self.call.output_shape

    def value(self, name: str, default: Any = None) -> Any:
        """A constructor argument."""
        return self.layer.arguments.get(name, default) if self.layer.arguments is not None else default

    def size(self, name: str) -> Dim | None:
        """A constructor argument that is a size; None when it isn't one."""
        value = self.value(name)
        return to_dim(value) if is_int(value) else None

    def flag(self, name: str) -> bool:
        """Is a constructor argument surely true?"""
        return self.value(name) is True

    def named_size(self, name: str) -> str:
        """A size among the arguments with the user's name for it."""
        value = self.value(name)
        return named(value) if is_int(value) else "?"


@dataclass(slots=True)
class Explanation:
    """Lines about what a layer does (those that begin with blanks are a drawing), why each weight is there, and the formula of its parameters."""

    lines: list[str] = field(default_factory=list)
    weights: dict[str, str] = field(default_factory=dict)
    formula: tuple[str, int] | None = None
    """The formula with its numbers filled in, and what it gives."""


def named(value: Any) -> str:
    """A size with the name that the user gave it: "10 (`look_back`)"."""
    origin = value.origin if isinstance(value, (Dim, TracedInt)) else None
    text = str(to_dim(value)) if is_int(value) else str(value)
    label = origin.label if origin is not None else None
    return f"{text} (`{label}`)" if label and label != text and label.isidentifier() else text


def counted(size: Dim, thing: str, shown: str | None = None) -> str:
    """So many things: "1 feature", "3 features"; `shown` is how the size is written if not by itself."""
    return f"{shown if shown is not None else size} {thing}{'' if size.known == 1 else 's'}"


EXPLAINERS: dict[str, Explainer] = {}


def explains(*classes: str) -> Callable[[Explainer], Explainer]:
    """Register a function for Keras classes by their plain names."""

    def register(function: Explainer) -> Explainer:
        for name in classes:
            EXPLAINERS[f"keras.layers.{name}"] = function
        return function

    return register


def product(*sizes: Any) -> int | None:
    """The product of sizes that are plain numbers, None when one isn't."""
    total = 1
    for size in sizes:
        number = to_dim(size).known if is_int(size) else None
        if number is None:
            return None
        total *= number
    return total
