"""One file of source as text: decoded as Python decodes it, with its lines, columns and (in a notebook) cells."""

from __future__ import annotations

import codecs
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from lstmlint.diagnostic import Span
from lstmlint.frozen import dataclass
from lstmlint.patterns import pattern

_COOKIE = pattern(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_BLANK = pattern(rb"^[ \t\f]*(?:[#\r\n]|$)")
_LINE_END = pattern(r"\r\n|\n|\r")
_BYTE_LINE_END = pattern(rb"\r\n|\n|\r")


class SourceFailure(Exception):
    """A file that can't be taken as Python source; the message is complete and names the file."""

    def __init__(self, path: str, reason: str, *, row: int = 1, column: int = 1, cell: int | None = None) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason
        self.span = Span(path, row, column, row, column + 1, cell)

    @property
    def message(self) -> str:
        """The reason without the file's name, for a record that carries a location of its own."""
        return self.reason


@dataclass(frozen=True, slots=True)
class Cell:
    """A code cell of a notebook and the rows of the joined text that hold it.

    `number` counts all cells of the notebook from 1, `first_row` is a 1-based row of the joined text.
    `blanked` says why the cell's code was left out of the text (None when it is in).
    """

    number: int
    first_row: int
    rows: int
    execution_count: int | None = None
    blanked: str | None = None

    @property
    def end_row(self) -> int:
        """The first row after the cell."""
        return self.first_row + self.rows


class Source:
    """The text of one file, and where everything in it stands.

    Offsets count code points from 0; rows and columns count from 1. `newline` is the first line end in the file
    ("\\n" if it has none), `cells` is empty unless the text was joined from a notebook.
    """

    def __init__(
        self,
        path: str,
        text: str,
        *,
        encoding: str = "utf-8",
        bom: bool = False,
        cells: Sequence[Cell] = (),
    ) -> None:
        self.path = path
        self.text = text
        self.encoding = encoding
        self.bom = bom
        self.cells = tuple(cells)

    def __repr__(self) -> str:
        return f"Source({self.path!r}, {len(self.text)} characters)"

    @cached_property
    def newline(self) -> str:
        """How lines end, going by the first one."""
        match = _LINE_END.search(self.text)
        return match.group() if match else "\n"

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset at which each line starts; "\\n", "\\r\\n" and "\\r" end lines, form feeds don't."""
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    @cached_property
    def _cell_rows(self) -> list[int]:
        return [cell.first_row for cell in self.cells]

    def encode(self, text: str) -> bytes:
        """The bytes of `text` as this file would hold it, byte-order mark included."""
        data = text.encode(self.encoding)
        return codecs.BOM_UTF8 + data if self.bom else data

    def line(self, row: int, cell: int | None = None) -> str:
        """The text of one row without its line end; empty when there is no such row."""
        row = self._joined_row(row, cell)
        if not 1 <= row <= len(self.line_starts):
            return ""
        start = self.line_starts[row - 1]
        end = self.line_starts[row] if row < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def offset(self, row: int, column: int, cell: int | None = None) -> int:
        """The offset of a row and column, clipped to the text; within `cell` when one is named."""
        row = self._joined_row(row, cell)
        if row > len(self.line_starts):
            return len(self.text)
        return min(self.line_starts[max(row, 1) - 1] + column - 1, len(self.text))

    def offset_of_bytes(self, row: int, column: int) -> int:
        """The offset of a row of the (joined) text and a column in bytes of UTF-8 from 0, which is how Python's own parser counts."""
        start = self.line_starts[row - 1]
        if self._ascii:
            return start + column
        line = self.text[start : start + column]  # a character has a byte or more
        return start + column if line.isascii() else start + len(line.encode()[:column].decode(errors="ignore"))

    @cached_property
    def _ascii(self) -> bool:
        return self.text.isascii()

    def position(self, offset: int) -> tuple[int, int]:
        """Row and column of an offset, in the (joined) text."""
        row = bisect_right(self.line_starts, offset)
        return row, offset - self.line_starts[row - 1] + 1

    def cell_at(self, row: int) -> Cell | None:
        """The notebook cell that holds this row of the joined text."""
        if not self.cells:
            return None
        return self.cells[max(bisect_right(self._cell_rows, row) - 1, 0)]

    def span(self, start: int, end: int) -> Span:
        """The span between two offsets, with rows within the cell in a notebook."""
        row, column = self.position(start)
        end_row, end_column = self.position(end)
        cell = self.cell_at(row)
        if cell is None:
            return Span(self.path, row, column, end_row, end_column)
        first = cell.first_row - 1
        return Span(self.path, row - first, column, end_row - first, end_column, cell.number)

    def offsets(self, span: Span) -> tuple[int, int]:
        """The offsets between which a span stands: the opposite of `span`."""
        start = self.offset(span.row, span.column, span.cell)
        return start, max(start, self.offset(span.end_row, span.end_column, span.cell))

    def _joined_row(self, row: int, cell: int | None) -> int:
        if cell is None:
            return row
        for candidate in self.cells:
            if candidate.number == cell:
                return candidate.first_row + row - 1
        return len(self.line_starts) + 1


def has_keras_marker(data: bytes) -> bool:
    """Whether these bytes could concern Keras at all; cheap, and never wrongly false for code that names it."""
    return b"keras" in data or b"tensorflow" in data


def read_source(path: str | Path) -> Source:
    """Read and decode one Python file.

    Raises `SourceFailure` for what is not Python text; `OSError` passes through.
    """
    return decode(Path(path).read_bytes(), str(path))


def decode(data: bytes, path: str) -> Source:
    """Decode the bytes of a Python file by its byte-order mark and coding cookie (PEP 263), UTF-8 without either.

    Line ends, tabs and form feeds stay as they are. Raises `SourceFailure` for binary data, an unknown encoding
    and bytes that don't fit the encoding.
    """
    bom = data.startswith(codecs.BOM_UTF8)
    if not bom and data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        raise SourceFailure(path, "is encoded as UTF-16, which Python can't read; save it as UTF-8")
    if bom:
        data = data[len(codecs.BOM_UTF8) :]
    zero = data.find(0)
    if zero >= 0:
        row = len(_BYTE_LINE_END.findall(data, 0, zero)) + 1
        raise SourceFailure(path, f"is not a text file: it holds a NUL byte on line {row}", row=row)
    name, cookie_row = _cookie(data)
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        raise SourceFailure(path, f"names an unknown encoding: {name!r}", row=cookie_row) from None
    if bom and codec.name != "utf-8":
        reason = f"starts with a UTF-8 byte-order mark but says that it is {name!r}"
        raise SourceFailure(path, reason, row=cookie_row)
    try:
        text = data.decode(codec.name)
    except UnicodeDecodeError as error:
        row = len(_BYTE_LINE_END.findall(data, 0, error.start)) + 1
        byte = data[error.start]
        reason = f"is not {codec.name} text: byte 0x{byte:02x} on line {row} doesn't fit"
        if codec.name == "utf-8" and not bom:
            reason += ": save it as UTF-8, or name its encoding in the first line, such as # -*- coding: cp1252 -*-"
        raise SourceFailure(path, reason, row=row) from None
    except Exception:  # codecs that are no text encodings (rot13, zlib, idna) fail in ways of their own
        raise SourceFailure(path, f"can't be decoded as {name!r}", row=cookie_row) from None
    return Source(path, text, encoding=codec.name, bom=bom)


def _cookie(data: bytes) -> tuple[str, int]:
    """The encoding that the first two lines name, and the row that names it."""
    start = 0
    for row in (1, 2):
        match = _BYTE_LINE_END.search(data, start)
        end = match.end() if match else len(data)
        line = data[start:end]
        found = _COOKIE.match(line)
        if found:
            return found.group(1).decode("ascii", "replace"), row
        if not _BLANK.match(line) or end == len(data):
            break
        start = end
    return "utf-8", 1
