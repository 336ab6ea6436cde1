"""The constructor signatures of Keras's classes, as tools/generate_api.py found them in the installed Keras."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

from ...knowledge import Parameter


@functools.lru_cache(maxsize=2)
def _facts(major: int) -> dict[str, list[list[Any]]]:
    path = Path(__file__).with_name("keras3.json" if major >= 3 else "keras2.json")
    found: dict[str, list[list[Any]]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def names(major: int = 3) -> list[str]:
    """Every class that is known, by its canonical name."""
    return list(_facts(major))


@functools.cache
def signature(name: str, major: int = 3) -> tuple[Parameter, ...] | None:
    """The constructor's parameters, without self; None for a class that this Keras doesn't have."""
    rows = _facts(major).get(name)
    if rows is None:
        return None
    return tuple(Parameter(n, kind, tuple(d) if isinstance(d, list) else d, required) for n, kind, d, required in rows)
