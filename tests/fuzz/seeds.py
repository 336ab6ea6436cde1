"""What the fuzzer starts from: the programs of the rules, the examples, and the sources of folders that one names."""

from __future__ import annotations

import importlib
import pathlib
from collections.abc import Iterable

from lstmlint.packs import load_pack
from lstmlint.rule import all_rules

ROOT = pathlib.Path(__file__).parent.parent.parent
LARGEST = 8_000
"""Characters of a seed; a longer file is cut into pieces of this size at line ends."""


def own() -> list[str]:
    """The BAD and GOOD programs of every rule, and the examples."""
    load_pack("lstmlint_rules")
    found = [
        program
        for rule in all_rules()
        for kind in ("BAD", "GOOD")
        for program in getattr(importlib.import_module(rule.module), kind, ())
    ]
    return found + [path.read_text("utf-8") for path in sorted((ROOT / "examples").rglob("*.py"))]


def of_folders(folders: Iterable[str]) -> list[str]:
    """Every Python file below the folders, in pieces."""
    found = []
    for folder in folders:
        for path in sorted(pathlib.Path(folder).rglob("*.py")):
            try:
                found += pieces(path.read_text("utf-8"))
            except (OSError, UnicodeDecodeError):
                continue
    return found


def pieces(text: str) -> list[str]:
    """The text cut before lines that start in column 1, each piece at most about LARGEST characters."""
    found, piece, size = [], [], 0
    for line in text.splitlines(keepends=True):
        if size > LARGEST and line[:1] not in (" ", "\t", "\n", ")", "]", "}"):
            found.append("".join(piece))
            piece, size = [], 0
        piece.append(line)
        size += len(line)
    return [*found, "".join(piece)]
