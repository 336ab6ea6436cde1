"""A line that says how far a long run is, for a person who watches."""

from __future__ import annotations

import sys
import time

_PATIENCE = 1.0
"""Seconds before there is anything to see."""


class Progress:
    """Counts files on standard error if that is a terminal; says nothing in a short run."""

    def __init__(self, total: int, *, wanted: bool) -> None:
        self.total = total
        self.done = 0
        self.shown = False
        self.wanted = wanted and total > 1 and sys.stderr.isatty()
        self.began = self.last = time.monotonic()

    def step(self, path: str) -> None:
        """One file is done."""
        self.done += 1
        now = time.monotonic()
        if not self.wanted or now - self.began < _PATIENCE or now - self.last < 0.1:
            return
        self.last = now
        import shutil

        width = shutil.get_terminal_size((80, 24)).columns - 1
        sys.stderr.write("\r\x1b[K" + f"checked {self.done} of {self.total} files: {path}"[:width])
        sys.stderr.flush()
        self.shown = True

    def end(self) -> None:
        """Take the line away."""
        if self.shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
