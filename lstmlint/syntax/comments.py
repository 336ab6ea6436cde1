"""The comments of a file and where they stand."""

from __future__ import annotations

from lstmlint.diagnostic import Span
from lstmlint.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment: `text` begins with "#", `alone` says that nothing else stands on its line."""

    text: str
    span: Span
    alone: bool
    offset: int

    @property
    def row(self) -> int:
        """The row within the file, or within the cell of a notebook."""
        return self.span.row

    @property
    def column(self) -> int:
        """The column of the "#"."""
        return self.span.column
