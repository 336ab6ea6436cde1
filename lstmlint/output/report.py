"""What a run has to say, as every output format gets it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field

from ..diagnostic import Diagnostic, Span

Lines = Callable[[Span], str]
"""Gives the source line that a span begins on."""


@dataclass(slots=True)
class Report:
    """The findings in order, and the figures for the last line.

    `files` is how many were checked, `fixed` how many findings were mended, `known` how many the baseline keeps back, `gone` how many of the
    baseline are no longer there. `root` is what paths are relative to for machines: the repository's top.
    """

    findings: list[Diagnostic]
    line_of: Lines
    files: int = 0
    fixed: int = 0
    known: int = 0
    gone: int = 0
    quiet: bool = False
    root: str = field(default_factory=os.getcwd)

    def relative(self, path: str) -> str:
        """A path relative to the repository, with /; as it is when it lies outside or is no file."""
        if path.startswith("<"):
            return path
        try:
            relative = os.path.relpath(path, self.root)
        except ValueError:
            relative = os.pardir
        return path if relative.startswith(os.pardir) else relative.replace(os.sep, "/")


def repository(folder: str) -> str:
    """The top of the git repository that holds a folder; the folder itself when none does."""
    current = os.path.abspath(folder)
    while not os.path.exists(os.path.join(current, ".git")):
        if os.path.dirname(current) == current:
            return os.path.abspath(folder)
        current = os.path.dirname(current)
    return current
