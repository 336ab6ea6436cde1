"""The generated table of architectures: which layers, in which order, with which configuration."""

from __future__ import annotations

import functools
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...frozen import dataclass
from ...knowledge import Parameter

TABLE = Path(__file__).with_name("architectures.zip")


@dataclass(frozen=True, slots=True)
class Row:
    """One layer: class, name (None: automatic), configuration, and how many rows back each input is."""

    kind: str
    name: str | None
    config: Mapping[str, Any]
    inputs: tuple[int, ...] = (1,)


@dataclass(frozen=True, slots=True)
class Variant:
    """One architecture: what may come first, what always comes, what may come last."""

    heads: Mapping[str, tuple[Row, ...]]
    body: tuple[Row, ...]
    tails: Mapping[str, tuple[Row, ...]]


@dataclass(frozen=True, slots=True)
class Architecture:
    """An application: its function's signature, default and least image size (None: no check), and its variants by name."""

    signature: tuple[Parameter, ...]
    sizes: tuple[int, int] | None
    variants: Mapping[str, Variant]


def _rows(rows: list[list[Any]]) -> tuple[Row, ...]:
    return tuple(Row(row[0], row[1], row[2], tuple(row[3]) if len(row) > 3 else (1,)) for row in rows)


def _parts(parts: Mapping[str, list[list[Any]]]) -> dict[str, tuple[Row, ...]]:
    return {name: _rows(rows) for name, rows in parts.items()}


@functools.cache
def architecture(name: str) -> Architecture:
    """The architecture of this name ("VGG16"). KeyError when there is none."""
    with zipfile.ZipFile(TABLE) as archive:
        found = json.loads(archive.read(f"{name}.json"))
    return Architecture(
        tuple(Parameter(n, kind, tuple(d) if isinstance(d, list) else d, required) for n, kind, d, required in found["signature"]),
        tuple(found["sizes"]) if found["sizes"] else None,
        {key: Variant(_parts(v["heads"]), _rows(v["body"]), _parts(v["tails"])) for key, v in found["variants"].items()},
    )  # fmt: skip


def divisible(value: float) -> int:
    """The multiple of 8 that is nearest, but not less than nine tenths, as MobileNets round their channels."""
    rounded = max(8, int(value + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * value else rounded


def width(base: float, factors: list[float], rounding: str, alpha: float) -> int:
    """A number of channels under the width multiplier `alpha`.

    "int": int(base * alpha); "8": base * alpha made divisible by 8, and again after each factor; "int8": the same after int();
    "more": divisible by 8 for an alpha above 1, and just the base for others.
    """
    if rounding == "int":
        return int(base * alpha)
    if rounding == "more":
        return divisible(base * alpha) if alpha > 1 else int(base)
    channels = divisible(int(base * alpha) if rounding == "int8" else base * alpha)
    for factor in factors:
        channels = divisible(channels * factor)
    return channels
