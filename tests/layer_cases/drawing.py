"""Drawing at random what a case is made of: sizes, shapes, arguments, as source text."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Random = random.Random


@dataclass(frozen=True)
class Case:
    """One layer with its inputs: the constructor's call, the batch shapes, and how the layer is called with x0, x1, ...

    `dtypes` are the inputs' (float32 where there are fewer), `call` is what stands between the call's parentheses, `again` the
    shapes of a second application, `maskable` says which inputs may carry a mask, `setup` are lines before the layer is made.
    """

    construct: str
    shapes: tuple[str, ...]
    call: str = ""
    dtypes: tuple[str, ...] = ()
    again: tuple[str, ...] | None = None
    maskable: bool = True
    setup: str = ""

    @property
    def arguments(self) -> str:
        """What the layer is called with."""
        return self.call or (
            "x0" if len(self.shapes) == 1 else f"[{', '.join(f'x{i}' for i in range(len(self.shapes)))}]"
        )


Draw = Callable[[Random], Case]
FAMILIES: dict[str, dict[str, Draw]] = {}
"""Family -> layer class -> how a case of it is drawn."""


def draws(family: str, *names: str) -> Callable[[Callable[[Random, str], Case]], Callable[[Random, str], Case]]:
    """Register how cases of these classes are drawn; the function gets the class's name."""

    def register(function: Callable[[Random, str], Case]) -> Callable[[Random, str], Case]:
        for name in names:
            FAMILIES.setdefault(family, {})[name] = lambda r, name=name: function(r, name)
        return function

    return register


@dataclass
class Some:
    """Collects keyword arguments, each with its chance."""

    r: Random
    parts: list[str] = field(default_factory=list)

    def maybe(self, name: str, *values: Any, chance: float = 0.35) -> Some:
        """One of the values under this name; a callable is asked for its source text."""
        if self.r.random() < chance:
            value = self.r.choice(values)
            self.parts.append(f"{name}={value()}" if callable(value) else f"{name}={value!r}")
        return self

    def flags(self, *names: str, chance: float = 0.4) -> Some:
        for name in names:
            self.maybe(name, True, False, chance=chance)
        return self


def size(r: Random) -> int:
    """A small positive size."""
    return r.choice((1, 2, 3, 4, 5, 7))


def units(r: Random) -> str:
    """A size for a layer, now and then one that Keras refuses."""
    if r.random() < 0.06:
        return r.choice(("0", "-1", "2.5", "'8'", "None", "True"))
    return str(size(r))


def shape(r: Random, rank: int, low: int = 1, high: int = 9, stray: float = 0.08, open_axes: float = 0.1) -> str:
    """A batch shape: mostly of the right rank, sometimes with axes that aren't fixed."""
    if r.random() < stray:
        rank = max(1, rank + r.choice((-1, 1, 2)))
    sizes = [
        r.choice((None, None, None, 2)),
        *(None if r.random() < open_axes else r.randint(low, high) for _ in range(rank - 1)),
    ]
    return repr(tuple(sizes))


def near(r: Random, text: str) -> str:
    """Another batch shape like this one: the same, or with one axis changed, opened, added or taken away."""
    sizes = list(eval(text))
    way = r.random()
    if way < 0.4 or len(sizes) < 2:
        return text
    if way < 0.75:
        sizes[r.randrange(1, len(sizes))] = r.choice((None, 1, 2, 3, 5, 8))
    elif way < 0.88:
        sizes.append(r.randint(1, 5))
    elif len(sizes) > 2:
        sizes.pop()
    return repr(tuple(sizes))


def call(name: str, *positional: str, some: Some | None = None) -> str:
    """`keras.layers.Name(...)`, now and then with one of the arguments that every layer takes, or one that none takes."""
    parts = [p for p in positional if p]
    if some is not None:
        parts += some.parts
        chance = some.r.random()
        if chance < 0.06:
            extra = some.r.choice(
                (
                    "name='mine'",
                    "trainable=False",
                    "dtype='float64'",
                    "unheard_of=1",
                    "name='a/b'",
                    "trainable=True",
                    "dtype='mixed_float16'",
                )
            )
            if not any(p.startswith(extra.partition("=")[0] + "=") for p in parts):
                parts.append(extra)
    return f"keras.layers.{name}({', '.join(parts)})"


def one_or_each(r: Random, rank: int, low: int = 1, high: int = 3) -> str:
    """A number for all axes, or one for each; now and then too many or too few."""
    if r.random() < 0.55:
        return str(r.randint(low, high)) if r.random() > 0.04 else r.choice(("0", "-1", "1.5", "None", "'2'"))
    count = rank + (r.choice((-1, 1)) if r.random() < 0.05 else 0)
    values = tuple(r.randint(low, high) for _ in range(count))
    return repr(values) if r.random() < 0.7 else repr(list(values))
