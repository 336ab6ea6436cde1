"""Which files a run looks at: Python files and notebooks under the named paths, without what `.gitignore` and `exclude` leave out."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from typing import Any

SUFFIXES = (".py", ".ipynb")
Excluded = Callable[[str, bool], bool]
"""Is this path left out? The second argument says whether the path itself was named."""
Ignored = list[tuple[str, Any]]
"""The .gitignore files that hold for a folder, outermost first: each one's folder and patterns."""


def discover(
    paths: Iterable[str], excluded: Excluded | None = None, trouble: Callable[[str], None] | None = None
) -> Iterator[str]:
    """Every file to look at, each once, in order: named files always (unless excluded), folders recursively.

    Raises FileNotFoundError, with the path as its argument, for a path that does not exist. Folders that can't be read are told to `trouble`.
    """
    leave_out = excluded or _left_out_by_default
    seen: set[str] = set()
    for path in paths:
        if not os.path.exists(path):
            raise FileNotFoundError(path)
        if os.path.isdir(path):
            found = _walk(path, leave_out, trouble)
        else:
            found = iter([] if leave_out(path, True) else [(path, os.path.realpath(path))])
        for file, real in found:
            if real not in seen:
                seen.add(real)
                yield file


def _left_out_by_default(path: str, named: bool) -> bool:
    from .config.keys import SKIPPED

    return not named and os.path.basename(path) in SKIPPED


def _walk(top: str, leave_out: Excluded, trouble: Callable[[str], None] | None) -> Iterator[tuple[str, str]]:
    """Each file under a folder, and where it really is."""
    if leave_out(top, True):
        return

    def complain(error: OSError) -> None:
        if trouble is not None:
            trouble(f"{os.path.normpath(error.filename)}: {error.strerror or error}")

    ignored: dict[str, Ignored] = {top: _ignored_above(top)}
    visited: set[str] = set()
    for folder, folders, files in os.walk(top, followlinks=True, onerror=complain):
        real = os.path.realpath(folder)
        patterns = ignored.pop(folder)
        if real in visited:
            folders.clear()
            continue
        visited.add(real)
        if folder != top and ".gitignore" in files:
            patterns = [*patterns, *_gitignore(folder)]
        kept = []
        for name in sorted(folders):
            path = os.path.join(folder, name)
            if not leave_out(path, False) and not _is_ignored(path, patterns, folder=True):
                kept.append(name)
                ignored[path] = patterns
        folders[:] = kept
        for name in sorted(files):
            path = os.path.join(folder, name)
            if not name.endswith(SUFFIXES) or leave_out(path, False) or _is_ignored(path, patterns, folder=False):
                continue
            place = _real_file(path, real)
            if place is not None:
                yield os.path.normpath(path), place


def _real_file(path: str, folder: str) -> str | None:
    """Where a file in the real folder `folder` really is; None for a pipe, or a link that leads nowhere: editors make such as locks."""
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        return None
    if stat.S_ISREG(mode):
        return os.path.join(folder, os.path.basename(path))
    return os.path.realpath(path) if stat.S_ISLNK(mode) and os.path.isfile(path) else None


def _ignored_above(folder: str) -> Ignored:
    """The patterns of every .gitignore from the repository's root down to the folder."""
    found: Ignored = []
    current = os.path.abspath(folder)
    while True:
        found = [*_gitignore(current), *found]
        if os.path.exists(os.path.join(current, ".git")) or os.path.dirname(current) == current:
            return found
        current = os.path.dirname(current)


def _gitignore(folder: str) -> Ignored:
    try:
        with open(os.path.join(folder, ".gitignore"), encoding="utf-8", errors="replace") as stream:
            lines = stream.read().splitlines()
    except OSError:
        return []
    import pathspec

    return [(os.path.abspath(folder), pathspec.GitIgnoreSpec.from_lines(lines))]


def _is_ignored(path: str, patterns: Ignored, *, folder: bool) -> bool:
    """As git decides: the last pattern that matches, of the innermost .gitignore that has one."""
    if not patterns:
        return False
    absolute = os.path.abspath(path)
    for base, spec in reversed(patterns):
        relative = os.path.relpath(absolute, base).replace(os.sep, "/") + ("/" if folder else "")
        include = spec.check_file(relative).include
        if include is not None:
            return bool(include)
    return False
