"""Looks at the disk, and marks of what was seen: a result rests on them, and holds for as long as another look sees the same.

None marks that nothing is there, PRESENT that something is, whatever it holds; other marks are digests of what was looked at.
"""

from __future__ import annotations

import os

PRESENT = ""
_BEGINNING, _NAMES = "beginning:", "names:"
BEGINNING = 65_536
"""Bytes of a file of data that are looked at, where nobody asks for more."""
_MOST_NAMES = 100_000
"""Entries of a folder; larger ones are not looked through."""


def digest(data: bytes) -> str:
    """What identifies a content."""
    import hashlib

    return hashlib.sha256(data).hexdigest()


def content(path: str, most: int = -1) -> tuple[bytes | None, str | None]:
    """A file's content, at most so many bytes of it, and its mark."""
    try:
        with open(path, "rb") as stream:
            found = stream.read(most)
    except OSError:
        return None, None
    return found, digest(found)


def beginning(path: str, most: int) -> tuple[bytes | None, str | None]:
    """The first bytes of a regular file (all of a smaller one), and their mark."""
    found, mark = content(path, most) if os.path.isfile(path) else (None, None)
    return found, f"{_BEGINNING}{most}:{mark}" if mark is not None else None


def names(path: str) -> tuple[list[tuple[str, bool]] | None, str | None]:
    """The entries of a folder in the order of their names, each with whether it is a folder, and their mark."""
    found: list[tuple[str, bool]] = []
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                found.append((entry.name, entry.is_dir()))
                if len(found) > _MOST_NAMES:
                    return None, PRESENT
    except OSError:
        return None, None
    found.sort()
    return found, _NAMES + digest(repr(found).encode("utf-8", "surrogatepass"))


def is_still(path: str, mark: str | None) -> bool:
    """Would the same look see the same now?"""
    if not mark:
        return os.path.exists(path) == (mark == PRESENT)
    if mark.startswith(_BEGINNING):
        return beginning(path, int(mark.split(":")[1]))[1] == mark
    return (names if mark.startswith(_NAMES) else content)(path)[1] == mark
