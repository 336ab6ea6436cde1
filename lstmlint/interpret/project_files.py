"""The files of the project as the program finds them: where its paths lead, and what it has written itself."""

from __future__ import annotations

import os

from ..import_roots import working_folders
from ..looks import BEGINNING
from ..values import PathValue, Value
from .disk import Disk


class ProjectFiles:
    """Finds what is in the project, for the program that starts with the file `path`, on one way through it.

    Nobody knows in which folder a program is started: that of its file, or one above it in the project. A relative path means the one file or
    folder that it leads to from any of them. What lies outside of the project is not looked at, wherever a path or a link leads.
    """

    def __init__(self, path: str, disk: Disk) -> None:
        self._path = path
        self._disk = disk
        self._folders: list[str] | None = None
        self._written: set[str] = set()
        self._any_written = False
        self._moved = False

    def beginning(self, path: Value, most: int = BEGINNING) -> bytes | None:
        """The first bytes of the file that is meant."""
        found = self._find(path)
        return self._disk.beginning(found, most) if found is not None else None

    def names(self, path: Value) -> list[tuple[str, bool]] | None:
        """The entries of the folder that is meant."""
        found = self._find(path)
        return self._disk.names(found) if found is not None else None

    def written(self, path: Value) -> None:
        """The program writes here."""
        if isinstance(path, PathValue):
            path = path.text
        if isinstance(path, str):
            self._written.update(_parts(path))
        else:
            self._any_written = True

    def moved(self) -> None:
        """The program has changed its working folder."""
        self._moved = True

    def _find(self, path: Value) -> str | None:
        if isinstance(path, PathValue):
            path = path.text
        if not isinstance(path, str) or "\0" in path or "://" in path or self._any_written:
            return None
        parts = _parts(path)
        if not parts or parts[-1] in self._written or (self._moved and not os.path.isabs(path)):
            return None
        if self._folders is None:
            self._folders = working_folders(self._path, self._disk.has)
        places = dict.fromkeys(os.path.normpath(os.path.join(folder, path)) for folder in self._folders)
        found = [place for place in places if self._is_inside(place) and self._disk.has(place)]
        return found[0] if len(found) == 1 else None

    def _is_inside(self, place: str) -> bool:
        assert self._folders is not None
        top = os.path.realpath(self._folders[-1])
        return os.path.realpath(place).startswith(os.path.join(top, ""))


def _parts(path: str) -> list[str]:
    return [part for part in os.path.normpath(path).split(os.sep) if part not in ("", ".", "..")]
