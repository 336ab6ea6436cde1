"""A notebook as one Python text with a map of its cells, and edited text back into the cells it came from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from lstmlint.ipython import blank, translate
from lstmlint.patterns import pattern
from lstmlint.source import Cell, Source, SourceFailure, decode

_WHITE = pattern(r"[ \t\r\n]*")
_INDENT = pattern(r"[ \t]+(?=\S)")
_LINE_END = pattern(r"\r\n|\n|\r")


def load(path: str | Path) -> Source:
    """Read one Python file or notebook. Raises like `read`; `OSError` passes through."""
    return read(Path(path).read_bytes(), str(path))


def read(raw: bytes, path: str) -> Source:
    """The text of a Python file, or of a notebook when `path` ends in .ipynb.

    Raises `SourceFailure` for what is neither.
    """
    if path.endswith(".ipynb"):
        return read_notebook(raw, path)
    return decode(raw, path)


def read_notebook(data: bytes, path: str) -> Source:
    """Join the code cells of a notebook (nbformat 3 or 4) to one text that parses.

    Magics, shell lines and help requests become calls that nobody knows, on the same rows. A cell that is no Python
    even so is left out and says why (`Cell.blanked`). Raises `SourceFailure` when this is no notebook.
    """
    from lstmlint.syntax import SyntaxFailure, parse

    cells = [
        (number, cell) for number, cell in enumerate(_cells(_load(data, path)), 1) if cell.get("cell_type") == "code"
    ]
    codes: list[str] = []
    blanked: list[str | None] = []
    for _, cell in cells:
        code, reason = translate(_text(cell))
        codes.append(code)
        blanked.append(reason)
    source = _join(path, cells, codes, blanked)
    try:
        parse(source)
        return source
    except SyntaxFailure:
        pass
    for at, code in enumerate(codes):
        try:
            parse(Source(path, _indented(code) + "\n"))
        except SyntaxFailure as failure:
            codes[at] = blank(code)
            blanked[at] = failure.message
    return _join(path, cells, codes, blanked)


def write_back(raw: bytes, codes: Mapping[int, str], path: str = "notebook") -> bytes:
    """The notebook's bytes with the source of the named cells replaced, by cell number; every other byte stays.

    The codes are the cells' own text (with magics, as `cell_texts` gives it), not the translated one. Lines that did
    not change keep their bytes as well. Raises `SourceFailure` for a cell that is not there.
    """
    document = _load(raw, path)
    text = raw.decode("utf-8-sig")
    places = _source_places(text, document)
    for number in sorted(codes, reverse=True):
        place = places[number - 1] if 1 <= number <= len(places) else None
        if place is None:
            raise SourceFailure(path, f"has no cell {number} that can be written to")
        start, end = place
        text = text[:start] + _encoded(text[start:end], codes[number]) + text[end:]
    encoded = text.encode("utf-8", "surrogatepass")
    return b"\xef\xbb\xbf" + encoded if raw.startswith(b"\xef\xbb\xbf") else encoded


def cell_texts(data: bytes, path: str) -> dict[int, str]:
    """The untouched text of each code cell, by cell number."""
    cells = enumerate(_cells(_load(data, path)), 1)
    return {number: _text(cell) for number, cell in cells if cell.get("cell_type") == "code"}


def _load(data: bytes, path: str) -> dict[str, Any]:
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise SourceFailure(path, "is not a notebook: it is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        reason = f"is not a notebook: no JSON on line {error.lineno} ({error.msg})"
        raise SourceFailure(path, reason, row=error.lineno, column=error.colno) from None
    except (RecursionError, ValueError):
        raise SourceFailure(
            path, "is not a notebook: its JSON is nested too deeply or holds an absurd number"
        ) from None
    if not isinstance(document, dict) or not ("cells" in document or "worksheets" in document):
        raise SourceFailure(path, 'is not a notebook: it has no "cells"')
    return document


def _cells(document: dict[str, Any]) -> list[dict[str, Any]]:
    cells = document.get("cells")
    if cells is None:
        sheets = document.get("worksheets")
        cells = []
        for sheet in sheets if isinstance(sheets, list) else ():
            found = sheet.get("cells") if isinstance(sheet, dict) else None
            cells.extend(found if isinstance(found, list) else ())
    return [c if isinstance(c, dict) else {} for c in cells] if isinstance(cells, list) else []


def _text(cell: dict[str, Any]) -> str:
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(piece for piece in source if isinstance(piece, str))
    return source if isinstance(source, str) else ""


def _indented(code: str) -> str:
    """A cell whose first line is indented, under a row of its own that allows it, as IPython does."""
    lines = [line for line in _LINE_END.split(code) if line.strip() and not line.lstrip().startswith("#")]
    return f"if True:\n{code}" if lines and _INDENT.match(lines[0]) else code


def _join(path: str, cells: Sequence[tuple[int, Any]], codes: list[str], blanked: list[str | None]) -> Source:
    found: list[Cell] = []
    parts: list[str] = []
    row = 1
    for (number, cell), code, reason in zip(cells, codes, blanked):
        allowed = _indented(code)
        if allowed is not code:
            row += 1
        rows = len(_LINE_END.findall(code)) + 1
        count = cell.get("execution_count", cell.get("prompt_number"))
        found.append(Cell(number, row, rows, count if isinstance(count, int) else None, reason))
        parts.append(allowed)
        row += rows
    return Source(path, "".join(part + "\n" for part in parts), cells=found)


def _encoded(old: str, code: str) -> str:
    """A cell's source as JSON in the form (string or list, escapes, layout) of the old one."""
    value = json.loads(old)
    if code == (value if isinstance(value, str) else "".join(p for p in value if isinstance(p, str))):
        return old
    ascii_only = "\\u" in old and old.isascii()
    if not old.startswith("["):
        return json.dumps(code, ensure_ascii=ascii_only)
    decoder = json.JSONDecoder()
    kept: dict[str, str] = {}  # the bytes of the lines that are there
    ends: list[int] = []
    starts: list[int] = []
    at = _skip(old, 1)
    while old[at] != "]":
        piece, end = decoder.raw_decode(old, at)
        if isinstance(piece, str):
            kept.setdefault(piece, old[at:end])
        starts.append(at)
        ends.append(end)
        at = _skip(old, end)
        if old[at] == ",":
            at = _skip(old, at + 1)
    pieces = [kept.get(p) or json.dumps(p, ensure_ascii=ascii_only) for p in code.splitlines(keepends=True)]
    if not pieces:
        return "[]"
    if not starts:
        return f"[{', '.join(pieces)}]"
    between = old[ends[0] : starts[1]] if len(starts) > 1 else "," + (old[1 : starts[0]] or " ")
    return old[: starts[0]] + between.join(pieces) + old[ends[-1] :]


def _skip(text: str, at: int) -> int:
    match = _WHITE.match(text, at)
    return match.end() if match else at


def _source_places(text: str, document: dict[str, Any]) -> list[tuple[int, int] | None]:
    """Where the JSON value of each cell's source stands in the notebook's text, in the order of the cells."""
    top = dict(_members(text, _skip(text, 0)))
    if document.get("cells") is not None:
        rows = _items(text, top["cells"][0])
    else:
        sheets = _items(text, top["worksheets"][0])
        rows = [
            place
            for sheet in sheets
            for key, value in (_members(text, sheet[0]) if text[sheet[0]] == "{" else ())
            if key == "cells"
            for place in _items(text, value[0])
        ]
    places: list[tuple[int, int] | None] = []
    for start, _ in rows:
        members = dict(_members(text, start)) if text[start] == "{" else {}
        places.append(members.get("source", members.get("input")))
    return places


def _members(text: str, at: int) -> list[tuple[str, tuple[int, int]]]:
    """The keys of the JSON object that starts at `at`, each with the place of its value."""
    decoder = json.JSONDecoder()
    found: list[tuple[str, tuple[int, int]]] = []
    at = _skip(text, at + 1)
    while text[at] != "}":
        key, at = decoder.raw_decode(text, at)
        at = _skip(text, _skip(text, at) + 1)
        _, end = decoder.raw_decode(text, at)
        found.append((key, (at, end)))
        at = _skip(text, end)
        if text[at] == ",":
            at = _skip(text, at + 1)
    return found


def _items(text: str, at: int) -> list[tuple[int, int]]:
    """The places of the values in the JSON array that starts at `at`."""
    decoder = json.JSONDecoder()
    found: list[tuple[int, int]] = []
    at = _skip(text, at + 1)
    while text[at] != "]":
        _, end = decoder.raw_decode(text, at)
        found.append((at, end))
        at = _skip(text, end)
        if text[at] == ",":
            at = _skip(text, at + 1)
    return found
