"""What a file reaches through the project's own modules: a scan of bytes, no parsing."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from .import_roots import import_roots
from .patterns import pattern
from .source import has_keras_marker

_IMPORT = pattern(
    rb"^[ \t]*(?:from[ \t]+(\.*[\w.]*)[ \t]+import\b[ \t(]*([\w, \t]*)|import[ \t]+([\w., \t]+))", re.MULTILINE
)
_USES = (b".fit(", b".predict(", b".evaluate(", b".compile(", b"model", b"Model")
"""Words without which a file does nothing to a model, wherever it may come from."""
_DEEP, _MANY = 3, 40


def reaches_keras(raw: bytes, path: str, roots: tuple[str, ...] = ()) -> bool:
    """Does a file use models that a module of its project makes with Keras?"""
    if not any(word in raw for word in _USES) or not os.path.isfile(path):
        return False
    return any(has_keras_marker(content) for content in reached(raw, path, roots))


def reached(raw: bytes, path: str, roots: tuple[str, ...] = (), packages: bool = False) -> Iterator[bytes]:
    """The contents of the project's modules that a file imports, and those that these import, as far as is worthwhile.

    With `packages` also of the `__init__.py` of the packages that the file stands in, which run before it.
    """
    here = os.path.abspath(path)
    roots = (os.path.dirname(here), *roots)
    seen = {here}
    starts: dict[str, list[str]] = {}
    waiting = [(raw, here, 0)]
    if packages:
        waiting += [(content, file, 1) for file, content in _contents(_packages(here), seen)]
        yield from (content for content, _, depth in waiting if depth)
    while waiting and len(seen) <= _MANY:
        text, importer, depth = waiting.pop()
        for file, content in _contents(_imported(text, importer, roots, starts), seen):
            yield content
            if depth < _DEEP:
                waiting.append((content, file, depth + 1))


def _contents(files: list[str], seen: set[str]) -> Iterator[tuple[str, bytes]]:
    """Each file that was not seen yet and can be read, with its content."""
    for file in files:
        if file in seen:
            continue
        seen.add(file)
        try:
            with open(file, "rb") as stream:
                yield file, stream.read(1_000_000)
        except OSError:
            continue


def _packages(path: str) -> list[str]:
    """The `__init__.py` files of the packages that a file stands in, from the inside out."""
    found: list[str] = []
    folder = os.path.dirname(path)
    while os.path.isfile(own := os.path.join(folder, "__init__.py")):
        found.append(own)
        folder = os.path.dirname(folder)
    return found


def _imported(text: bytes, path: str, roots: tuple[str, ...], starts: dict[str, list[str]]) -> list[str]:
    """The files of the project that the import lines of a file may mean. `starts` keeps where those of each folder's files may start."""
    folder = os.path.dirname(path)
    if folder not in starts:
        starts[folder] = import_roots(path, os.path.isfile, os.path.exists)
    bases = [*starts[folder], *roots]
    found: list[str] = []
    holding: dict[str, list[str]] = {}
    for line in _IMPORT.finditer(text):
        base, inside, plain = line.groups()
        names = [base] if plain is None else plain.split(b",")
        if plain is None:  # what is imported may be a module itself
            names += [base + (b"" if base.endswith(b".") else b".") + name.strip() for name in inside.split(b",")]
        for name in names:
            words = name.decode("ascii", "ignore").split()
            if words:
                top = words[0].partition(".")[0]
                if top not in holding:  # most are libraries, of which no folder here holds anything
                    holding[top] = [base for base in bases if _holds(base, top)]
                found += _files(words[0], folder, holding[top])
    return found


def _holds(base: str, top: str) -> bool:
    return not top or os.path.exists(os.path.join(base, top)) or os.path.exists(os.path.join(base, top + ".py"))


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


__all__ = ["reached", "reaches_keras"]
