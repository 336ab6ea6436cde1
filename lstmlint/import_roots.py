"""Where the absolute imports of a file may start (in its own folder, at its package's root, in the project and in the project's `src`), and its relative paths."""

from __future__ import annotations

import os
from collections.abc import Callable

_PROJECT = ("pyproject.toml", "setup.py", ".git")
"""What stands in the folder of a project."""
_PERHAPS_PROJECT = ("setup.cfg", "requirements.txt")
"""What stands there too, or in a folder of examples within it."""
_TOLD_OF = (*_PERHAPS_PROJECT, "README.md", "README.rst", "README.txt", "README", "LICENSE")
"""What tells where a project is that has no better mark, since it only had to be laid out somewhere."""
_DEEPEST = 9
"""Folders between a file and its project that are looked at."""


def package_root(path: str, is_file: Callable[[str], bool]) -> str:
    """The folder from which a file's dotted name starts: the first one upward that is no package."""
    folder = os.path.dirname(os.path.abspath(path))
    while is_file(os.path.join(folder, "__init__.py")):
        folder = os.path.dirname(folder)
    return folder


def import_roots(path: str, is_file: Callable[[str], bool], is_there: Callable[[str], bool]) -> list[str]:
    """The folders in which an absolute import of this file of the project is looked for, in this order."""
    folder = os.path.dirname(os.path.abspath(path))
    roots = [folder, package_root(path, is_file)]
    for _ in range(_DEEPEST):  # a project may have an `__init__.py` of its own, and be no package
        sure = any(is_there(os.path.join(folder, mark)) for mark in _PROJECT)
        if sure or any(is_there(os.path.join(folder, mark)) for mark in _PERHAPS_PROJECT):
            roots += [folder, os.path.join(folder, "src")]
        if sure or os.path.dirname(folder) == folder:
            break
        folder = os.path.dirname(folder)
    return list(dict.fromkeys(roots))


def working_folders(path: str, is_there: Callable[[str], bool]) -> list[str]:
    """The folders in which this file of the project may be started, the project's own last: its own one and those above it."""
    folder = os.path.dirname(os.path.abspath(path))
    folders, told = [folder], 0
    for _ in range(_DEEPEST):
        if any(is_there(os.path.join(folder, mark)) for mark in _PROJECT):
            return folders
        if not told and any(is_there(os.path.join(folder, mark)) for mark in _TOLD_OF):
            told = len(folders)
        if os.path.dirname(folder) == folder:
            break
        folder = os.path.dirname(folder)
        folders.append(folder)
    return folders[: told or 1]
