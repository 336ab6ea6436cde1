"""Check again whenever a file changes."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import Any

_PAUSE = 0.5
"""Seconds between two looks at the files."""


def watch(options: Any, check: Callable[[], int]) -> int:
    """Run `check` now and after every change, until Ctrl-C."""
    before: dict[str, int] | None = None
    while True:
        now = _times(options.paths or ["."])
        if now != before:
            if sys.stdout.isatty():
                sys.stdout.write("\x1b[2J\x1b[H")
            check()
            count = sum(not file.endswith((".toml", ".gitignore")) for file in now)
            print(
                f"lstmlint: watching {count} file{'' if count == 1 else 's'} (Ctrl-C ends)", file=sys.stderr, flush=True
            )
            sys.stdout.flush()
            before = now
        time.sleep(_PAUSE)


def _times(paths: list[str]) -> dict[str, int]:
    """When each file, and each configuration file beside one, was last changed."""
    from ..files import discover

    found: dict[str, int] = {}
    try:
        files = list(discover(p for p in paths if os.path.exists(p)))
    except OSError:
        return found
    folders = {os.path.dirname(os.path.abspath(f)) for f in files} | {os.getcwd()}
    files += [
        os.path.join(folder, name) for folder in folders for name in ("pyproject.toml", "lstmlint.toml", ".gitignore")
    ]
    for file in files:
        try:
            found[file] = os.stat(file).st_mtime_ns
        except OSError:
            continue
    return found
