"""A stretch of source with marks under what is meant: `^` for the finding, `-` for what belongs to it."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace

from ..diagnostic import Span
from ..frozen import dataclass
from .concise import where
from .report import Lines

Paint = Callable[[str, str], str]
_FEW = 4
"""Lines of a long span that are shown before the rest is left out."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to be shown, with its label, the character that underlines it and its colour."""

    span: Span
    label: str
    character: str
    colour: str


def frame(marks: Iterable[Mark], line_of: Lines, paint: Paint, width: int) -> list[str]:
    """The lines with their marks; those in another file or cell than the first mark's have a frame of their own."""
    groups: dict[tuple[str, int | None], list[Mark]] = {}
    for mark in marks:
        groups.setdefault((mark.span.path, mark.span.cell), []).append(mark)
    shown: list[str] = []
    near = any(not os.path.isabs(path) for path, _ in groups)
    for group in groups.values():
        shown += _one_file(group, line_of, paint, width, near)
    return shown


def _from_here(name: str) -> str:
    """A path as seen from the current folder; as it is when it lies elsewhere."""
    try:
        relative = os.path.relpath(name)
    except ValueError:  # on another drive
        return name
    return name if relative.startswith(os.pardir) else relative


def _one_file(marks: list[Mark], line_of: Lines, paint: Paint, width: int, near: bool) -> list[str]:
    """`near`: is the finding's own path relative to the current folder, so that the others are shown in the same way?"""
    rows = sorted({row for mark in marks for row in _rows(mark.span)})
    gutter = max(len(str(rows[-1])), 2)
    room = max(width - gutter - 5, 40)
    first = marks[0].span
    shown = [
        f"{' ' * gutter}{paint('-->', '34')} {where(replace(first, path=_from_here(first.path)) if near and os.path.isabs(first.path) else first)}"
    ]
    before = rows[0]
    for row in rows:
        if row > before + 1:
            shown.append(f"{' ' * gutter} {paint('...', '34')}")
        before = row
        here = [m for m in marks if m.span.row == row]
        text = line_of(Span(first.path, row, 1, row, 1, first.cell)).rstrip("\r\n")
        line = _Line(text, min((m.span.column for m in here), default=1), room)
        shown.append(f"{paint(f'{row:>{gutter}}', '34')} {paint('|', '34')} {line.text}".rstrip())
        for mark in sorted(here, key=lambda m: m.span.column):
            end = mark.span.end_column if mark.span.end_row == row else len(text) + 1
            blanks, signs = line.under(mark.span.column, end)
            label = f" {mark.label}" if mark.label else ""
            shown.append(
                f"{' ' * gutter} {paint('|', '34')} {' ' * blanks}{paint(mark.character * signs + label, mark.colour)}"
            )
    return shown


def _rows(span: Span) -> list[int]:
    last = span.end_row if span.end_column > 1 else max(span.end_row - 1, span.row)
    return list(range(span.row, min(last, span.row + _FEW - 1) + 1))


class _Line:
    """A line as a terminal shows it: tabs as four blanks, control characters made harmless, cut to the room there is."""

    def __init__(self, text: str, column: int, room: int) -> None:
        cells = [_shown(character) for character in text]
        self.starts = [0]
        for cell in cells:
            self.starts.append(self.starts[-1] + _width(cell))
        self.cut = 0
        at = self._start(column)
        if self.starts[-1] > room and at > room * 2 // 3:
            self.cut = at - room // 3
        self.text = self._cropped(cells, room)
        self.room = room

    def under(self, start: int, end: int) -> tuple[int, int]:
        """How many blanks and how many signs stand under the columns from `start` up to `end`."""
        left = max(self._start(start) - self.cut, 0)
        right = min(max(self._start(end) - self.cut, left + 1), self.room)
        return left, max(right - left, 1)

    def _start(self, column: int) -> int:
        return self.starts[min(max(column - 1, 0), len(self.starts) - 1)]

    def _cropped(self, cells: list[str], room: int) -> str:
        inside = [(s, c) for s, c in zip(self.starts, cells) if self.cut <= s and s + _width(c) <= self.cut + room]
        text = "".join(c for _, c in inside)
        if self.cut and text:
            text = " " * (inside[0][0] - self.cut) + "…" + text[1:] if _width(text[0]) == 1 else text
        if self.starts[-1] > self.cut + room and text:
            text = text[:-1] + "…"
        return text


def _shown(character: str) -> str:
    if character == "\t":
        return "    "
    return "\ufffd" if unicodedata.category(character) in ("Cc", "Cs") or character in "\u2028\u2029" else character


def _width(text: str) -> int:
    return sum(_one_width(c) for c in text)


def _one_width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
