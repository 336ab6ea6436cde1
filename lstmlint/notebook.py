"""A notebook as one Python text with a map of its cells, and edited text back into the cells it came from."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from lstmlint.source import Cell, Source, SourceFailure
from lstmlint.syntax import SyntaxFailure, parse

# Cell magics whose body is Python that runs in the notebook's own namespace.
_PYTHON_MAGICS = frozenset(
    {"time", "timeit", "capture", "prun", "python", "python3", "memit", "mprun", "heat", "wandb"}
)
_LINE_MAGIC = re.compile(r"^(\s*)(%{1,2}|!{1,2}|\?{1,2}|,|;|/)(?=[A-Za-z_!%./~$?{(\[])(.*)$")
_ASSIGNED = re.compile(r"^(\s*)([A-Za-z_][\w.,\s\[\]'\"()*]*?)\s*=\s*([!%])(?!=)\s*(.+)$")
_HELP = re.compile(r"^(\s*)[%!]?[\w.*\[\]'\"()]+\?{1,2}\s*(?:#.*)?$")


def read_notebook(data: bytes, path: str) -> Source:
    """Join the code cells of a notebook (nbformat 3 or 4) to one text that parses.

    Magics, shell lines and help requests become calls that nobody knows, on the same rows. A cell that is no Python
    even so is left out and says why (`Cell.blanked`). Raises `SourceFailure` when this is no notebook.
    """
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
            parse(Source(path, code))
        except SyntaxFailure as failure:
            codes[at] = _blank(code)
            blanked[at] = failure.message
    return _join(path, cells, codes, blanked)


def translate(code: str) -> tuple[str, str | None]:
    """One cell's code as Python of as many lines, and why it was left out if it was."""
    lines = code.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), None)
    if first is not None and lines[first].startswith("%%"):
        magic = lines[first][2:].split()
        if not magic or magic[0] not in _PYTHON_MAGICS:
            return _blank(code), f"%%{magic[0] if magic else ''} is not Python"
        lines[first] = ""
    result: list[str] = []
    continued: str | None = None  # the indent of a shell line that goes on
    in_string: str | None = None
    for line in lines:
        if continued is not None:
            result.append("")
            continued = continued if line.endswith("\\") else None
            continue
        if in_string is None:
            replaced = _replace(line)
            if replaced is not None:
                result.append(replaced)
                continued = "" if line.rstrip("\r").endswith("\\") else None
                continue
        in_string = _open_string(line, in_string)
        result.append(line)
    return "\n".join(result), None


def write_notebook(data: bytes, path: str, new_codes: Mapping[int, str]) -> bytes:
    """The notebook's bytes with the source of the named cells replaced, by cell number; every other byte stays.

    The codes are the cells' own text (with magics), not the translated one. Raises `SourceFailure` for a cell that is
    not there.
    """
    document = _load(data, path)
    text = data.decode("utf-8-sig")
    places = _source_places(text)
    cells = _cells(document)
    for number in sorted(new_codes, reverse=True):
        if not 1 <= number <= len(cells) or len(places) != len(cells):
            raise SourceFailure(path, f"has no cell {number} that can be written to")
        start, end = places[number - 1]
        old = text[start:end]
        code = new_codes[number]
        if old.startswith("["):
            inner = re.match(r"\[(\s*)", old)
            separator = inner.group(1) if inner else ""
            closing = re.search(r"(\s*)\]$", old)
            pieces = [json.dumps(piece, ensure_ascii="\\u" in old) for piece in code.splitlines(keepends=True)]
            new = (
                "[" + separator + ("," + (separator or " ")).join(pieces) + (closing.group(1) if closing else "") + "]"
            )
        else:
            new = json.dumps(code, ensure_ascii="\\u" in old)
        text = text[:start] + new + text[end:]
    encoded = text.encode("utf-8")
    return b"\xef\xbb\xbf" + encoded if data.startswith(b"\xef\xbb\xbf") else encoded


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
    except RecursionError:
        raise SourceFailure(path, "is not a notebook: its JSON is nested too deeply") from None
    if not isinstance(document, dict) or not ("cells" in document or "worksheets" in document):
        raise SourceFailure(path, 'is not a notebook: it has no "cells"')
    return document


def _cells(document: dict[str, Any]) -> list[dict[str, Any]]:
    cells = document.get("cells")
    if cells is None:
        sheets = document.get("worksheets")
        cells = (
            [c for s in sheets if isinstance(s, dict) for c in s.get("cells") or ()] if isinstance(sheets, list) else []
        )
    return [c if isinstance(c, dict) else {} for c in cells] if isinstance(cells, list) else []


def _text(cell: dict[str, Any]) -> str:
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(piece for piece in source if isinstance(piece, str))
    return source if isinstance(source, str) else ""


def _join(path: str, cells: list[tuple[int, dict[str, Any]]], codes: list[str], blanked: list[str | None]) -> Source:
    found: list[Cell] = []
    row = 1
    for (number, cell), code, reason in zip(cells, codes, blanked, strict=True):
        rows = len(re.findall(r"\r\n|\n|\r", code)) + 1
        count = cell.get("execution_count", cell.get("prompt_number"))
        found.append(Cell(number, row, rows, count if isinstance(count, int) else None, reason))
        row += rows
    return Source(path, "".join(code + "\n" for code in codes), cells=found)


def _blank(code: str) -> str:
    return "\n" * (len(re.findall(r"\r\n|\n|\r", code)))


def _replace(line: str) -> str | None:
    """What stands for a line that only IPython understands; None for Python."""
    assigned = _ASSIGNED.match(line)
    if assigned and "(" not in assigned.group(2):
        call = "getoutput" if assigned.group(3) == "!" else "run_line_magic"
        return f"{assigned.group(1)}{assigned.group(2).rstrip()} = get_ipython().{call}()"
    magic = _LINE_MAGIC.match(line)
    if magic and magic.group(2) not in (",", ";", "/"):
        timed = re.match(r"(?:time|timeit)\s+(?!-)(\S.*)$", magic.group(3)) if magic.group(2) == "%" else None
        if timed:
            return magic.group(1) + timed.group(1)
        return magic.group(1) + "get_ipython()"
    if _HELP.match(line):
        return line[: len(line) - len(line.lstrip())] + "get_ipython()"
    return None


def _open_string(line: str, quote: str | None) -> str | None:
    """The triple quote that is still open after this line, given the one open before it."""
    at = 0
    while at < len(line):
        if quote is not None:
            if line[at] == "\\":
                at += 2
            elif line.startswith(quote, at):
                at += 3
                quote = None
            else:
                at += 1
        elif line[at] == "#":
            break
        elif line.startswith(('"""', "'''"), at):
            quote = line[at : at + 3]
            at += 3
        elif line[at] in "'\"":
            end = at + 1
            while end < len(line) and line[end] != line[at]:
                end += 2 if line[end] == "\\" else 1
            at = end + 1
        else:
            at += 1
    return quote


def _source_places(text: str) -> list[tuple[int, int]]:
    """Where the JSON value of each cell's source stands in the notebook's text, in the order of the cells."""
    decoder = json.JSONDecoder()
    places: list[tuple[int, int]] = []
    white = re.compile(r"\s*")
    for match in re.finditer(r'"(?:cells)"\s*:\s*\[', text):
        at = match.end()
        while True:
            at = white.match(text, at).end()  # type: ignore[union-attr]
            if at >= len(text) or text[at] != "{":
                break
            place = (at, at)
            at += 1
            while True:
                at = white.match(text, at).end()  # type: ignore[union-attr]
                if text[at] == "}":
                    at += 1
                    break
                if text[at] == ",":
                    at += 1
                    continue
                key, at = decoder.raw_decode(text, at)
                at = white.match(text, at).end() + 1  # type: ignore[union-attr]
                at = white.match(text, at).end()  # type: ignore[union-attr]
                _, end = decoder.raw_decode(text, at)
                if key in ("source", "input"):
                    place = (at, end)
                at = end
            places.append(place)
            at = white.match(text, at).end()  # type: ignore[union-attr]
            if at < len(text) and text[at] == ",":
                at += 1
    return places
