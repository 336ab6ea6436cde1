"""Patterns as in .gitignore: plain names are looked up, and only what is more than a name goes to pathspec."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

_SPECIAL = frozenset("*?[!#\\/ ")


class Patterns:
    """What a list of patterns matches; false when the list is empty. Importing pathspec takes longer than linting a small file."""

    def __init__(self, patterns: Iterable[str]) -> None:
        listed = [*patterns]
        # a later pattern may take back ("!name") what an earlier one matches, so that the order counts
        ordered = any(pattern.startswith("!") for pattern in listed)
        self._names = frozenset(p for p in listed if not ordered and p and _SPECIAL.isdisjoint(p))
        self._others = [p for p in listed if p not in self._names]
        self._spec: Any = None

    def __bool__(self) -> bool:
        return bool(self._names or self._others)

    def match_file(self, relative: str, path: str) -> bool:
        """Does a relative path with "/" match, itself or one of its folders? `path` is where it is."""
        if not self._names.isdisjoint(relative.split("/")):
            return True
        if not self._others:
            return False
        if self._spec is None:
            import pathspec

            self._spec = pathspec.GitIgnoreSpec.from_lines(self._others)
        return bool(self._spec.match_file(f"{relative}/" if os.path.isdir(path) else relative))
