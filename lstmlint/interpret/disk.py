"""The disk as the interpreter sees it: each place is looked at once, and what was seen there is what the result rests on."""

from __future__ import annotations

import os
from collections import OrderedDict
from typing import Any

from .. import looks

_LARGEST = 5_000_000
"""Bytes of a module; larger ones are not followed."""
_KEPT = 4_000_000
"""Bytes of source whose trees a process keeps, for the next file or fix that imports the same modules: some 100 MB."""


class Disk:
    """Answers whether files are there and parses modules, for all ways through one program.

    `seen` maps each path that was asked for to the mark (see `looks`) of what was seen there.
    """

    def __init__(self) -> None:
        self.seen: dict[str, str | None] = {}
        self._trees: dict[str, Any] = {}
        self._looked: dict[str, bytes | None] = {}
        self._most: dict[str, int] = {}
        self._listed: dict[str, list[tuple[str, bool]] | None] = {}

    def keep(self, path: str, tree: Any) -> None:
        """The tree of the file that everything starts from: what imports that file again gets the same nodes."""
        self._trees[os.path.abspath(path)] = tree

    def has_file(self, path: str) -> bool:
        """Is there a file of this name?"""
        if path not in self.seen:
            self.seen[path] = looks.PRESENT if os.path.isfile(path) else None
        return self.seen[path] is not None

    def has(self, path: str) -> bool:
        """Is there a file or folder of this name?"""
        if path not in self.seen:
            self.seen[path] = looks.PRESENT if os.path.exists(path) else None
        return self.seen[path] is not None

    def beginning(self, path: str, most: int) -> bytes | None:
        """The first bytes of a file of data, None when there is no such file."""
        found: bytes | None = self._looked.get(path)
        if path not in self._looked or (found is not None and self._most[path] < most):
            self._most[path] = most
            self._looked[path], self.seen[path] = found, _ = looks.beginning(path, most)
        return found[:most] if found is not None else None

    def names(self, path: str) -> list[tuple[str, bool]] | None:
        """The entries of a folder, each with whether it is a folder, None when there is no such folder."""
        if path not in self._listed:
            self._listed[path], self.seen[path] = looks.names(path)
        return self._listed[path]

    def tree(self, path: str) -> Any:
        """The syntax tree of a module of the project, None when it can't be read or parsed."""
        if path not in self._trees:
            self._trees[path] = self._parse(path)
        return self._trees[path]

    def _parse(self, path: str) -> Any:
        from ..notebook import read
        from ..source import SourceFailure
        from ..syntax import SyntaxFailure, parse

        raw, digest = looks.content(path, _LARGEST + 1)
        self.seen[path] = digest
        if raw is None or digest is None or len(raw) > _LARGEST:
            return None
        known = _trees.get(path, digest)
        if known is not None:
            return known
        try:
            tree = parse(read(raw, path))
        except (SourceFailure, SyntaxFailure):
            return None
        _trees.put(path, digest, tree, len(raw))
        return tree


class _Trees:
    """The trees of modules that were parsed last, by path and content. A tree is never changed by following it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[str, Any, int]] = OrderedDict()
        self._bytes = 0

    def get(self, path: str, digest: str) -> Any:
        """The tree of this content, None when it isn't kept."""
        found = self._kept.get(path)
        if found is None or found[0] != digest:
            return None
        self._kept.move_to_end(path)
        return found[1]

    def put(self, path: str, digest: str, tree: Any, size: int) -> None:
        """Keep a tree, and let go of those that were not asked for the longest."""
        old = self._kept.pop(path, None)
        self._kept[path] = digest, tree, size
        self._bytes += size - (old[2] if old is not None else 0)
        while self._bytes > _KEPT:
            _, _, least = self._kept.popitem(last=False)[1]
            self._bytes -= least


_trees = _Trees()
