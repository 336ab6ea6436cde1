"""Does a file that doesn't mention Keras reach it through the project's own modules? A scan of bytes, no parsing."""

from __future__ import annotations

import os
import re

from .source import has_keras_marker

_IMPORT = re.compile(rb"^[ \t]*(?:from[ \t]+(\.*[\w.]*)[ \t]+import\b|import[ \t]+([\w., \t]+))", re.MULTILINE)
_USES = (b".fit(", b".predict(", b".evaluate(", b".compile(", b"model", b"Model")
"""Words without which a file does nothing to a model, wherever it may come from."""
_DEEP, _MANY = 3, 40


def reaches_keras(raw: bytes, path: str, roots: tuple[str, ...] = ()) -> bool:
    """Does a file use models that a module of its project makes with Keras?"""
    if not any(word in raw for word in _USES) or not os.path.isfile(path):
        return False
    seen: set[str] = set()
    waiting = [(raw, os.path.abspath(path), 0)]
    while waiting and len(seen) < _MANY:
        text, here, depth = waiting.pop()
        for file in _imported(text, here, roots):
            if file in seen:
                continue
            seen.add(file)
            try:
                with open(file, "rb") as stream:
                    content = stream.read(1_000_000)
            except OSError:
                continue
            if has_keras_marker(content):
                return True
            if depth < _DEEP:
                waiting.append((content, file, depth + 1))
    return False


def _imported(text: bytes, path: str, roots: tuple[str, ...]) -> list[str]:
    """The files of the project that the import lines of a file may mean."""
    folder = os.path.dirname(path)
    upward = [folder, os.path.dirname(folder), os.path.dirname(os.path.dirname(folder))]
    bases = [*upward, *(os.path.join(base, "src") for base in upward), *roots]
    found: list[str] = []
    for line in _IMPORT.finditer(text):
        names = [line.group(1)] if line.group(1) is not None else line.group(2).split(b",")
        for name in names:
            words = name.decode("ascii", "ignore").split()
            if words:
                found += _files(words[0], folder, bases)
    return found


def _files(name: str, folder: str, bases: list[str]) -> list[str]:
    relative = name.lstrip(".")
    level = len(name) - len(relative)
    if level:
        base = folder
        for _ in range(level - 1):
            base = os.path.dirname(base)
        bases = [base]
    inside = relative.replace(".", os.sep)
    for base in bases:
        for candidate in (os.path.join(base, inside + ".py"), os.path.join(base, inside, "__init__.py")):
            if os.path.isfile(candidate):
                return [candidate]
    return []


__all__ = ["reaches_keras"]
