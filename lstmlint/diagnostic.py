"""What the tool says about a place in the source: diagnostics, their spans, related places and fixes."""

from __future__ import annotations

from dataclasses import field
from enum import Enum

from .frozen import dataclass


class Severity(str, Enum):
    """How sure and how bad: an *error* raises in Keras, a *warning* runs and can't be meant, an *info* teaches."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    def __str__(self) -> str:
        return self.value


class Applicability(str, Enum):
    """Whether a fix may be applied unseen."""

    SAFE = "safe"
    UNSAFE = "unsafe"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of source. Rows and columns start at 1, columns count code points, the end is exclusive.

    In a notebook `cell` is the code cell's 1-based number among all cells and rows count within the cell.
    """

    path: str
    row: int
    column: int
    end_row: int
    end_column: int
    cell: int | None = None

    def contains(self, other: Span) -> bool:
        """Does the other stretch begin and end within this one?"""
        if (self.path, self.cell) != (other.path, other.cell):
            return False
        begins = (self.row, self.column) <= (other.row, other.column)
        return begins and (other.end_row, other.end_column) <= (self.end_row, self.end_column)


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that belongs to the story, with its label ("LSTM returns (None, 32) here")."""

    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace what stands at `span` by `content`."""

    span: Span
    content: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that belong together: applied whole or not at all."""

    applicability: Applicability
    message: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class ShapePair:
    """What was needed and what was found, as text."""

    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding, complete: everything that a face of the tool may show.

    `story` holds the numbered steps that lead to the finding (the shape story); `related` the labelled places.
    `fingerprint` identifies the finding across edits elsewhere in the file and never depends on line numbers.
    """

    code: str
    name: str
    severity: Severity
    message: str
    span: Span
    related: tuple[Related, ...] = ()
    story: tuple[Related, ...] = ()
    shapes: ShapePair | None = None
    fix: Fix | None = None
    fingerprint: str = field(default="", compare=False)
    url: str | None = None

    @property
    def sort_key(self) -> tuple[str, int, int, int, str, str]:
        """Order of output: file, cell, row, column, code."""
        span = self.span
        return (span.path, span.cell or 0, span.row, span.column, self.code, self.message)


@dataclass(frozen=True, slots=True)
class SuppressedName:
    """A rule named in a comment: where, what to take out to be rid of it, and whether it silenced something."""

    name: str
    span: Span
    removal: Span
    used: bool = False


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment that silences findings, and what it did.

    kind        "ignore", "ignore-file", "off", "on", "noqa", or the word that stands there instead
    names       the rules that it names; None for all
    removal     what to take out to be rid of the comment: the blanks before it as well, the whole line where it has one for itself
    silenced    did it silence anything?
    unbracketed the names stand without brackets
    closes      for "on": is there an "off" before it?
    """

    kind: str
    span: Span
    written: str
    names: tuple[SuppressedName, ...] | None
    removal: Span
    silenced: bool = False
    unbracketed: bool = False
    closes: bool = True

    @property
    def known(self) -> bool:
        """Is it a word of ours?"""
        return self.kind in ("ignore", "ignore-file", "off", "on", "noqa")
