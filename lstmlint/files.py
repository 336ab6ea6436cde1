"""Which files a run looks at: Python files and notebooks under the named paths, without what `.gitignore` and `exclude` leave out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

SUFFIXES = (".py", ".ipynb")
SKIPPED = frozenset(
    [".git", ".hg", ".svn", ".venv", "venv", ".tox", ".nox", ".eggs", "node_modules", "__pycache__", "build", "dist", "site-packages",
     ".mypy_cache", ".pytest_cache", ".ruff_cache", ".lstmlint_cache", ".ipynb_checkpoints"]
)  # fmt: skip
"""Folders that are never entered unless they are named."""


def discover(paths: Iterable[str], exclude: Iterable[str] = ()) -> Iterator[str]:
    """Every file to look at, each once, in order: named files always (unless excluded), folders recursively.

    Raises FileNotFoundError, with the path as its argument, for a path that does not exist.
    """
    patterns = list(exclude)
    seen: set[str] = set()
    for path in paths:
        if not os.path.exists(path):
            raise FileNotFoundError(path)
        found = _walk(path, patterns) if os.path.isdir(path) else iter([path])
        for file in found:
            real = os.path.realpath(file)
            if real not in seen and not _excluded(file, patterns):
                seen.add(real)
                yield file


def _excluded(path: str, patterns: list[str]) -> bool:
    if not patterns:
        return False
    import pathspec

    spec = pathspec.PathSpec.from_lines("gitwildmatch", patterns)
    return spec.match_file(os.path.relpath(path).replace(os.sep, "/"))


def _ignored_by_git(folder: str) -> list[tuple[str, list[str]]]:
    """The patterns of every .gitignore from the repository's root down to the folder."""
    found: list[tuple[str, list[str]]] = []
    current = os.path.abspath(folder)
    while True:
        file = os.path.join(current, ".gitignore")
        if os.path.isfile(file):
            with open(file, encoding="utf-8", errors="replace") as stream:
                found.insert(0, (current, stream.read().splitlines()))
        if os.path.exists(os.path.join(current, ".git")) or os.path.dirname(current) == current:
            return found
        current = os.path.dirname(current)


def _walk(top: str, patterns: list[str]) -> Iterator[str]:
    rules = [(base, lines) for base, lines in _ignored_by_git(top)]
    specs: list[tuple[str, object]] = []
    visited: set[str] = set()

    def match(path: str) -> bool:
        if not rules:
            return False
        if not specs:
            import pathspec

            specs.extend((base, pathspec.PathSpec.from_lines("gitwildmatch", lines)) for base, lines in rules)
        absolute = os.path.abspath(path)
        for base, spec in specs:
            relative = os.path.relpath(absolute, base).replace(os.sep, "/") + ("/" if os.path.isdir(path) else "")
            if not relative.startswith("..") and spec.match_file(relative):  # type: ignore[attr-defined]
                return True
        return False

    for folder, folders, files in os.walk(top, followlinks=True):
        real = os.path.realpath(folder)
        if real in visited:
            folders.clear()
            continue
        visited.add(real)
        folders[:] = sorted(f for f in folders if f not in SKIPPED and not match(os.path.join(folder, f)))
        for name in sorted(files):
            path = os.path.join(folder, name)
            if name.endswith(SUFFIXES) and not match(path):
                yield path
